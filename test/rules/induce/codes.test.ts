import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasRow, rowsOf } from '../../../core/rules/induce/bitset.ts';
import { encode, hitsOf, narrowed, supportedCuts } from '../../../core/rules/induce/codes.ts';
import { cutPoints } from '../../../core/rules/induce/cuts.ts';
import { gridRound, isOnGrid } from '../../../core/rules/leak/grid.ts';

const value = fc.oneof(fc.integer({ min: -5, max: 30 }), fc.constant(Number.NaN), fc.double({ min: -5, max: 30 }));
const column = fc.array(value, { minLength: 20, maxLength: 20 });

describe('columns as codes', () => {
  it('meets a condition exactly where the value does, and never where it is missing', () => {
    fc.assert(
      fc.property(column, column, fc.uniqueArray(fc.integer({ min: -5, max: 30 }), { minLength: 1 }), (a, b, some) => {
        const cuts = [Float64Array.from(some).sort(), Float64Array.of(0, 10)];
        const codes = encode([Float64Array.from(a), Float64Array.from(b)], cuts);
        cuts[0]?.forEach((threshold, cut) => {
          for (const isHigh of [true, false]) {
            const other = { column: 1, cut: 1, isHigh: false };
            const hits = hitsOf(codes, [{ column: 0, cut, isHigh }, other]);
            const all = Uint32Array.from(a, (_, row) => row);
            const kept = narrowed(codes, narrowed(codes, all, { column: 0, cut, isHigh }), other);
            expect([...kept]).toEqual([...rowsOf(hits)]);
            a.forEach((x, row) => {
              const holds = (isHigh ? x >= threshold : x < threshold) && (b[row] ?? 0) < 10;
              expect(hasRow(hits, row)).toBe(holds);
            });
          }
        });
      }),
    );
  });

  it.each([1, 15, 31, 32, 63, 64, 127])('takes %i cuts', (count) => {
    const cuts = Float64Array.from({ length: count }, (_, i) => i);
    const values = Float64Array.from({ length: 130 }, (_, i) => i - 1);
    const whole = [...values].map((x) => Math.min(count, x + 1));
    const ends = Float64Array.of(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN);
    expect([...encode([values], [cuts]).codes]).toEqual(whole);
    expect([...encode([ends], [cuts]).codes]).toEqual([0, count, count + 1]);
  });

  it('uses a cut only with enough values on either side, and only one of those that say the same', () => {
    const values = Float64Array.of(1, 1, 1, 2, 2, 9, 9, 9, Number.NaN, Number.NaN);
    const codes = encode([values], [Float64Array.of(1, 2, 5, 8, 9, 10)]);
    expect(supportedCuts(codes, 3).map((usable) => [...usable])).toEqual([[0, 1, 1, 0, 0, 0]]);
    expect(supportedCuts(codes, 4).map((usable) => [...usable])).toEqual([[0, 0, 0, 0, 0, 0]]);
  });
});

describe('cut points', () => {
  it('are ascending, on the grid, and rounded outward from the middle', () => {
    const values = Float64Array.from({ length: 1001 }, (_, i) => 100 + i * 1.234);
    const cuts = [...cutPoints(values, values.subarray(900), gridRound)];
    expect(cuts).toEqual([...cuts].sort((a, b) => a - b));
    expect(cuts.every(isOnGrid)).toBe(true);
    expect(cuts[0]).toBe(100);
    expect(cuts.at(-1)).toBe(1400); // the 99.8 % quantile is 1331.5
  });

  it('are whole for whole numbers', () => {
    const values = Float64Array.from({ length: 50 }, (_, i) => i % 7);
    expect([...cutPoints(values, values, gridRound)].every(Number.isInteger)).toBe(true);
  });

  it('are none for a column without values', () => {
    expect(cutPoints(Float64Array.of(Number.NaN), new Float64Array(0), gridRound)).toHaveLength(0);
  });
});
