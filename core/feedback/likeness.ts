import type { Leaves } from './schema.ts';

/**
 * The likeness of any row to some given ones, written into `into`: the share of trees in which the two lie in the same leaf
 * (the isolation kernel of Ting, Zhu & Zhou 2018), 0 without trees.
 */
export const likenessTo = (
  { rows, trees, leaf }: Leaves,
  given: readonly number[],
): ((row: number, into: Float64Array) => void) => {
  const theirs = new Uint8Array(given.length * trees);
  given.forEach((row, i) => {
    for (let tree = 0; tree < trees; tree++) theirs[i * trees + tree] = leaf[tree * rows + row] ?? 0;
  });
  const own = new Uint8Array(trees);
  return (row, into) => {
    // Hot loop: trees × given rows; `!` on an index inside the leaves.
    for (let tree = 0; tree < trees; tree++) own[tree] = leaf[tree * rows + row]!;
    for (let i = 0; i < given.length; i++) {
      let shared = 0;
      for (let tree = 0, at = i * trees; tree < trees; tree++, at++) shared += +(theirs[at] === own[tree]);
      into[i] = trees === 0 ? 0 : shared / trees;
    }
  };
};
