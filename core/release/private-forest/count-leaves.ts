import type { ForestSplits } from './grow.ts';
import { leafOf, type ForestColumns } from './leaf-of.ts';
import type { ForestSettings } from './settings.ts';

/** Rows of actors, column by column, as they are read. They never leave. */
export type ForestRows = {
  /** Actor of each row: 0…actors − 1. */
  readonly actor: Uint32Array;
  readonly actors: number;
  /** One per feature of the settings, in its order. NaN: missing. */
  readonly columns: ForestColumns;
};

/**
 * Actors per leaf, entry t · 2^depth + leaf. Contributions are bounded here: of an actor with several rows the first one
 * counts, which none but that actor's rows decide. These are true counts: they stay inside the mechanism.
 */
export const countLeaves = (
  { trees, depth }: ForestSettings,
  splits: ForestSplits,
  { actor, actors, columns }: ForestRows,
): Float64Array => {
  const leaves = 2 ** depth;
  const counts = new Float64Array(trees * leaves);
  const kept = firstRows(actor, actors);
  for (let t = 0; t < trees; t++) {
    for (const row of kept) counts[t * leaves + leafOf(splits, depth, t, columns, row)]!++; // hot: a leaf of the tree
  }
  return counts;
};

const firstRows = (actor: Uint32Array, actors: number): Uint32Array => {
  const seen = new Uint8Array(actors);
  return Uint32Array.from(actor.keys()).filter((row) => {
    const isFirst = seen[actor[row]!] === 0; // an actor is below actors
    seen[actor[row]!] = 1;
    return isFirst;
  });
};
