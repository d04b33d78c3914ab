import { NightjarError } from '../../api/errors.ts';
import { lossEventToJson } from '../accounting/index.ts';
import type { SigningKey } from '../keys/index.ts';
import { fileBytes, parseSigned, signatureOf } from '../release-file/signed-file.ts';
import { forestFileShape, type ForestBody, type ForestFile } from './file-shape.ts';
import { growSplits, type ForestSplits } from './grow.ts';
import type { ForestPlan } from './plan-forest.ts';
import type { PrivateForest } from './run-forest.ts';
import type { ScoredForest } from './score.ts';
import { forestJson, parseForest, type ForestSettings } from './settings.ts';

/** What a file says of how the forest was made: known before any data was read. */
export const forestPlanText = ({ settings, events, statements }: ForestPlan) => ({
  query: forestJson(settings),
  losses: events.map(lossEventToJson),
  statements: [...statements],
});

/** Trees as a file holds them. */
export const treesText = ({ plan: { settings }, splits, counts }: PrivateForest): ForestBody['trees'] => {
  const { trees, depth } = settings;
  const [inner, leaves] = [2 ** depth - 1, 2 ** depth];
  const part = (numbers: ArrayLike<number>, t: number, size: number): number[] =>
    Array.from({ length: size }, (_, i) => (numbers[t * size + i] ?? 0) + 0); // JSON has one zero
  return Array.from({ length: trees }, (_, t) => ({
    feature: part(splits.feature, t, inner),
    threshold: part(splits.threshold, t, inner),
    volume: part(splits.volume, t, leaves),
    count: part(counts, t, leaves),
  }));
};

/** A forest as the text of a file, signed with a reviewer's key. */
export const signForest = (forest: ForestBody, key: SigningKey): Buffer => {
  const signature = signatureOf(forest, key, 'release 1');
  const file: ForestFile = { format: 'nightjar-forest', version: 1, forest, signature };
  return fileBytes(file);
};

/**
 * Reads the file of a forest, which must be the very text that was written; whether its signature is right is
 * `verifyPrivateForest`'s to say. Errors: `input`.
 */
export const parseForestFile = (text: string): ForestFile =>
  parseSigned(text, forestFileShape, {
    format: 'nightjar-forest',
    version: 1,
    newer: 'The forest’s file is of a newer format.',
    notThis: notAForest,
  });

/**
 * The forest of a file, to score with. Its splits must be those that its settings lead to, which every machine can tell.
 * Errors: `input`.
 */
export const forestOf = ({ forest: { query, trees } }: ForestFile): ScoredForest => {
  const settings = readSettings(query);
  const splits = growSplits(settings);
  if (!sameSplits(settings, splits, trees)) throw notAForest('trees');
  const counts = Float64Array.from(trees.flatMap(({ count }) => count));
  return { plan: { settings }, splits, counts };
};

const readSettings = (query: unknown): ForestSettings => {
  try {
    return parseForest(query);
  } catch (error) {
    if (error instanceof NightjarError) throw notAForest('query');
    throw error;
  }
};

/** Whether a file's trees are the ones that were drawn of its settings, number by number. */
const sameSplits = (settings: ForestSettings, splits: ForestSplits, trees: ForestBody['trees']): boolean => {
  const leaves = 2 ** settings.depth;
  const same = (numbers: readonly number[], drawn: ArrayLike<number>, t: number, size: number): boolean =>
    numbers.length === size && numbers.every((x, i) => x === drawn[t * size + i]);
  return (
    trees.length === settings.trees &&
    trees.every(
      ({ feature, threshold, volume, count }, t) =>
        same(feature, splits.feature, t, leaves - 1) &&
        same(threshold, splits.threshold, t, leaves - 1) &&
        same(volume, splits.volume, t, leaves) &&
        count.length === leaves,
    )
  );
};

const notAForest = (where?: string): NightjarError =>
  new NightjarError('input', 'This is no file of a private forest, or it was changed.', {
    ...(where === undefined ? {} : { where }),
    next: 'Name the JSON file that `nightjar release forest` wrote.',
  });
