import { numberKeys, type Splitter } from './partition.ts';

/**
 * The rows that still share a class with another row (a stripped partition, Huhtala et al. 1999): who is alone stays alone
 * whatever else is known, and need not be looked at again.
 */
export type Stripped = {
  /** Rows that are not alone; `classOf[i]` is the class of `rows[i]`. */
  readonly rows: Uint32Array;
  readonly classOf: Uint32Array;
  readonly count: number;
};

/** All rows together. */
export const together = (rows: number): Stripped => ({
  rows: Uint32Array.from({ length: rows }, (_, i) => i),
  classOf: new Uint32Array(rows),
  count: rows > 0 ? 1 : 0,
});

/** Splits by a column; `alone` are the rows that share their class with nobody any more. */
export const strip = (from: Stripped, by: Splitter): { readonly rest: Stripped; readonly alone: Uint32Array } => {
  const { rows, classOf } = from;
  const { codes, map } = by;
  const width = Math.max(1, by.width);
  const keys = new Float64Array(rows.length);
  // Within bounds by construction: these loops are the search's inner loops.
  if (map === undefined) for (let i = 0; i < rows.length; i++) keys[i] = classOf[i]! * width + codes[rows[i]!]!;
  else for (let i = 0; i < rows.length; i++) keys[i] = classOf[i]! * width + map[codes[rows[i]!]!]!;
  const split = numberKeys(keys, from.count * width);
  const sizes = new Uint32Array(split.count);
  for (const number of split.classOf) sizes[number]!++;
  let single = 0;
  let count = 0;
  const renumbered = new Uint32Array(split.count);
  for (let number = 0; number < split.count; number++) {
    if (sizes[number] === 1) single++;
    else renumbered[number] = count++;
  }
  const alone = new Uint32Array(single);
  const restRows = new Uint32Array(rows.length - single);
  const restOf = new Uint32Array(rows.length - single);
  let a = 0;
  let r = 0;
  for (let i = 0; i < rows.length; i++) {
    const number = split.classOf[i]!;
    if (sizes[number] === 1) alone[a++] = rows[i]!;
    else {
      restRows[r] = rows[i]!;
      restOf[r++] = renumbered[number]!;
    }
  }
  return { rest: { rows: restRows, classOf: restOf, count }, alone };
};

/** Rows per class; with weights by row, the sum of their weights. */
export const strippedSizes = ({ rows, classOf, count }: Stripped, weights?: Uint32Array): Uint32Array => {
  const sizes = new Uint32Array(count);
  // Within bounds by construction; hot loop.
  for (let i = 0; i < rows.length; i++) sizes[classOf[i]!]! += weights === undefined ? 1 : weights[rows[i]!]!;
  return sizes;
};
