import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addRow,
  both,
  countBoth,
  countOf,
  countWithout,
  either,
  emptySet,
  hasRow,
  jaccard,
  rowsOf,
  setOf,
  without,
} from '../../../core/rules/induce/bitset.ts';

const ROWS = 100;
const rows = fc.uniqueArray(fc.integer({ min: 0, max: ROWS - 1 }));
const setFrom = (from: readonly number[]) => setOf(ROWS, (row) => from.includes(row));
const sorted = (from: Iterable<number>): number[] => [...from].sort((a, b) => a - b);

describe('sets of rows', () => {
  it('holds what was added, across words and in the highest bit', () => {
    const set = emptySet(70);
    for (const row of [0, 31, 32, 63, 69]) addRow(set, row);
    expect([...rowsOf(set)]).toEqual([0, 31, 32, 63, 69]);
    expect(countOf(set)).toBe(5);
    expect(hasRow(set, 31)).toBe(true);
    expect(hasRow(set, 30)).toBe(false);
  });

  it('says what sets of numbers say', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const [x, y] = [setFrom(a), setFrom(b)];
        const common = a.filter((row) => b.includes(row));
        const all = new Set([...a, ...b]);
        expect([...rowsOf(both(x, y))]).toEqual(sorted(common));
        expect([...rowsOf(either(x, y))]).toEqual(sorted(all));
        expect([...rowsOf(without(x, y))]).toEqual(sorted(a.filter((row) => !b.includes(row))));
        expect(countBoth(x, y)).toBe(common.length);
        expect(countWithout(x, y)).toBe(a.length - common.length);
        expect(jaccard(x, y)).toBe(all.size === 0 ? 1 : common.length / all.size);
      }),
    );
  });
});
