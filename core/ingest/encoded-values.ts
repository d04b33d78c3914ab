import { NightjarError } from '../api/errors.ts';
import type { EncodedBlock, EncodedColumn } from './plan.ts';

const columnOf = (block: EncodedBlock, name: string): EncodedColumn => {
  const column = block.columns.find((each) => each.column === name);
  if (!column) throw new NightjarError('internal', 'A planned column is missing.', { where: name });
  return column;
};

const isPresent = (validity: ArrayBuffer | null, row: number): boolean =>
  validity === null || ((new Uint8Array(validity)[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;

/** A DOUBLE column over all blocks, in their order; missing is NaN. */
export const numbersOf = (blocks: readonly EncodedBlock[], rows: number, name: string): Float64Array => {
  const values = new Float64Array(rows);
  let at = 0;
  for (const block of blocks) {
    const { data, validity } = columnOf(block, name);
    values.set(new Float64Array(data, 0, block.rows), at);
    for (let row = 0; row < block.rows; row++) if (!isPresent(validity, row)) values[at + row] = Number.NaN;
    at += block.rows;
  }
  return values;
};

/** A VARCHAR column over all blocks, in their order. */
export const textOf = (blocks: readonly EncodedBlock[], name: string): (string | null)[] =>
  blocks.flatMap((block) => {
    const { data, validity, long: longs } = columnOf(block, name);
    const bytes = Buffer.from(data);
    const long = new Map(Array.from(longs?.rows ?? [], (row, i) => [row, longs?.values[longs.index[i] ?? -1]]));
    return Array.from({ length: block.rows }, (_, row) => {
      if (!isPresent(validity, row)) return null;
      const value = long.get(row);
      return value
        ? Buffer.from(value).toString()
        : bytes.toString('utf8', row * 16 + 4, row * 16 + 4 + bytes.readUInt32LE(row * 16));
    });
  });
