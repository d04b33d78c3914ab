import { z } from 'zod';

import { NightjarError } from '../../api/errors.ts';
import type { JsonValue } from '../keys/index.ts';

/** A feature that a private forest may split on, and where: all of it public, declared, never read from the data. */
export type ForestFeature = {
  readonly name: string;
  /**
   * Ascending values: the declared range, and any number of marks within. Splits fall between two neighbouring marks as often
   * as between any other two, and evenly in between. A value beyond the range falls on the side of its end.
   */
  readonly bounds: readonly number[];
};

/** What a private forest is made of. Trees are grown of this alone. */
export type ForestSettings = {
  readonly features: readonly ForestFeature[];
  readonly trees: number;
  /** Splits on the way from the root to a leaf; each tree has 2^depth leaves. */
  readonly depth: number;
  /** Of the splits, which are public: whoever has the settings grows the same trees. */
  readonly seed: number;
};

/** Public constants, chosen on labelled tables (`test/bench/privacy-forest.ts`): a leaf of a deeper tree drowns in its noise. */
export const FOREST_DEFAULTS = { trees: 200, depth: 5, seed: 1 } as const;

/** Beyond these a forest is no use to anyone and its file a burden. */
const MOST_LEAVES = 2 ** 20;

const shape = z.strictObject({
  forest: z.strictObject({
    features: z.array(z.strictObject({ name: z.string().min(1).max(500), bounds: z.array(z.number()) })),
    trees: z.int().min(1).max(10_000).optional(),
    depth: z.int().min(1).max(12).optional(),
    seed: z
      .int()
      .min(0)
      .max(2 ** 32 - 1)
      .optional(),
  }),
});

/** Whether a request's JSON asks for a forest, well or badly: `{"forest": …}`. */
export const isForestJson = (json: unknown): boolean => typeof json === 'object' && json !== null && 'forest' in json;

/**
 * Reads the settings of a forest: `{"forest": {"features": [{"name", "bounds": [low, …, high]}], "trees", "depth", "seed"}}`.
 * Trees, depth and seed are public constants where they are left out; bounds never are. Errors: `usage`.
 */
export const parseForest = (json: unknown): ForestSettings => {
  const found = shape.safeParse(json);
  if (!found.success) {
    const path = found.error.issues[0]?.path.join('.') ?? '';
    throw wrong('The forest that is asked for cannot be read.', path === '' ? 'forest' : path, EXAMPLE);
  }
  const settings: ForestSettings = { ...FOREST_DEFAULTS, ...withoutUndefined(found.data.forest) };
  requireFeatures(settings);
  if (settings.trees * 2 ** settings.depth > MOST_LEAVES) {
    throw wrong('The forest is too large.', 'forest', 'Ask for fewer trees, or less depth.');
  }
  return settings;
};

/** The settings as JSON that `parseForest` reads: one text per forest, whatever was left out when it was asked for. */
export const forestJson = ({ features, trees, depth, seed }: ForestSettings): JsonValue => ({
  forest: { features: features.map(({ name, bounds }) => ({ name, bounds: [...bounds] })), trees, depth, seed },
});

const requireFeatures = ({ features }: ForestSettings): void => {
  if (features.length === 0) throw wrong('The forest has no features.', 'forest.features', EXAMPLE);
  if (new Set(features.map(({ name }) => name)).size < features.length) {
    throw wrong('A feature of the forest is named twice.', 'forest.features', 'Name each once.');
  }
  for (const { name, bounds } of features) {
    const isAscending = bounds.every((mark, i) => i === 0 || mark > (bounds[i - 1] ?? mark));
    const span = (bounds.at(-1) ?? 0) - (bounds[0] ?? 0);
    if (bounds.length >= 2 && isAscending && Number.isFinite(span)) continue;
    const next = 'Give at least a low and a high, ascending; do not read them from the data.';
    throw wrong('The bounds of a feature are missing, or do not ascend.', `forest.features: ${name}`, next);
  }
};

const withoutUndefined = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  }; // boundary: what zod left optional

const EXAMPLE = 'Write {"forest": {"features": [{"name": "events", "bounds": [0, 1000]}]}}.';

const wrong = (message: string, where: string, next: string): NightjarError =>
  new NightjarError('usage', message, { where, next });
