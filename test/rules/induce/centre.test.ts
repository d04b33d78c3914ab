import { describe, expect, it } from 'vitest';
import { setOf } from '../../../core/rules/induce/bitset.ts';
import { centred } from '../../../core/rules/induce/centre.ts';
import { encode, supportedCuts } from '../../../core/rules/induce/codes.ts';
import type { Table } from '../../../core/rules/induce/table.ts';

/** 0…19 and 80…99 in the rows to learn from, 45…54 in others; and whether a row is even. */
const values = Float64Array.from({ length: 50 }, (_, i) => (i < 20 ? i : i < 40 ? i + 60 : i + 5));
const even = values.map((_, i) => (i % 2 === 0 ? 1 : 0));
const codes = encode([values, even], [Float64Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90), Float64Array.of(1)]);
const learn = setOf(50, (row) => row < 40);
const table: Table = {
  codes,
  labels: new Uint8Array(50),
  usable: supportedCuts(codes, 1),
  worse: ['both', 'both'],
  windows: new Uint8Array(2),
  logs: new Float64Array(51),
};
const at = (cut: number, isHigh = true) => ({ column: 0, cut, isHigh });

describe('thresholds in the middle of their gap', () => {
  it.each([
    // from, to: thresholds 20 … 80 hit the same rows to learn from; of those that all rows tell apart 20, 50 and 60 are left
    [1, 4],
    [5, 4],
    [0, 0],
    [8, 8],
  ])('cut %d becomes %d', (from, to) => {
    expect(centred(table, learn, [at(from)])).toEqual([at(to)]);
    expect(centred(table, learn, [at(from, false)])).toEqual([at(to, false)]);
  });

  it('are those of the rows that the other conditions leave', () => {
    const isEven = { column: 1, cut: 0, isHigh: true };
    const few = setOf(50, (row) => row < 40 && (row % 2 === 1 || row < 10 || row > 30));
    // Even rows between 9 and 90 are not among them: 10 … 90 are the same, and 50 is their middle.
    expect(centred(table, few, [at(8), isEven])).toEqual([at(4), isEven]);
    expect(centred(table, few, [at(8)])).toEqual([at(8)]);
  });
});
