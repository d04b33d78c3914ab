import type { Codes } from './codes.ts';

/** Rows, those of the positives first. */
export type Parted = { readonly rows: Uint32Array; readonly positives: number };

export const positivesFirst = (rows: Uint32Array, labels: Uint8Array): Parted => {
  const ordered = new Uint32Array(rows.length);
  let positives = 0;
  // Hot: every row; i < length.
  for (let i = 0; i < rows.length; i++) if (labels[rows[i]!] === 1) ordered[positives++] = rows[i]!;
  let count = positives;
  for (let i = 0; i < rows.length; i++) if (labels[rows[i]!] !== 1) ordered[count++] = rows[i]!;
  return { rows: ordered, positives };
};

/** Rows of a table by column, bin and label: place 2 · bin for the others, and the next for positives. */
export const counted = (codes: Codes, rows: Parted): Int32Array =>
  add(new Int32Array(2 * (codes.offsets[codes.columns] ?? 0)), codes, rows, 1);

/** A histogram of rows, some of which are no longer there. */
export const uncounted = (histogram: Int32Array, codes: Codes, rows: Parted): Int32Array =>
  add(histogram.slice(), codes, rows, -1);

const add = (histogram: Int32Array, codes: Codes, { rows, positives }: Parted, by: 1 | -1): Int32Array => {
  const { columns, codes: all, offsets } = codes;
  // Hot: every value of every row; rows are below codes.rows.
  for (let j = 0; j < columns; j++) {
    const start = j * codes.rows;
    const bins = 2 * offsets[j]!;
    for (let i = 0; i < positives; i++) histogram[bins + 2 * all[start + rows[i]!]! + 1]! += by;
    for (let i = positives; i < rows.length; i++) histogram[bins + 2 * all[start + rows[i]!]!]! += by;
  }
  return histogram;
};
