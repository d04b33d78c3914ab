import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectActors } from '../../core/detect/index.ts';
import { deletions, type DeletionInput, type RescoreRows } from '../../core/explain/index.ts';
import { nonIncreasing } from '../../core/explain/non-increasing.ts';
import { seededRandom } from '../../core/random/index.ts';
import { tableOf } from '../detect/tables.ts';

const scoredBy =
  (score: (row: Float64Array) => number): RescoreRows =>
  async (rows) =>
    Float64Array.from(rows, score);

const typical = Float64Array.of(0, 0, 0, 0);
const even = Float64Array.of(0.25, 0.25, 0.25, 0.25);

const deletionShares = async (input: DeletionInput): Promise<Float64Array> =>
  Float64Array.from((await deletions(input)).flatMap(({ shares }) => [...shares]));

describe('deletions', () => {
  it('are the falls of the score where features add up, whatever was nominated first', async () => {
    const rescore = scoredBy((row) => 1 + 4 * (row[0] ?? 0) + 2 * (row[1] ?? 0) + (row[2] ?? 0));
    for (const nominated of [even, Float64Array.of(0.1, 0.2, 0.3, 0.4)]) {
      const shares = await deletionShares({ rows: [Float64Array.of(1, 1, 1, 0)], typical, nominated, rescore });
      [4 / 7, 2 / 7, 1 / 7, 0].forEach((share, j) => expect(shares[j]).toBeCloseTo(share, 5));
    }
  });

  it('are divided among features that stand in for each other', async () => {
    // The first to go lowers the score by 4.14, the second by 10: 7.07 each.
    const rescore = scoredBy((row) => Math.hypot(row[0] ?? 0, row[1] ?? 0) + (row[2] ?? 0));
    const shares = await deletionShares({ rows: [Float64Array.of(10, 10, 2, 0)], typical, nominated: even, rescore });
    const whole = Math.sqrt(200) + 2;
    expect(shares[0]).toBeCloseTo(Math.sqrt(200) / 2 / whole, 5);
    expect(shares[1]).toBeCloseTo(Math.sqrt(200) / 2 / whole, 5);
    expect(shares[2]).toBeCloseTo(2 / whole, 5);
  });

  it('leave what no deletion lowers to the nomination, below what one does', async () => {
    const rescore = scoredBy((row) => 3 * Math.max(row[0] ?? 0, row[1] ?? 0) + (row[2] ?? 0));
    const nominated = Float64Array.of(0.5, 0.3, 0.2, 0);
    const shares = await deletionShares({ rows: [Float64Array.of(1, 1, 1, 0)], typical, nominated, rescore });
    expect(shares[2]).toBeGreaterThan(shares[0] ?? 1);
    expect(shares[0]).toBeGreaterThanOrEqual(shares[1] ?? 1);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  it('are the nominated ones for a row that no deletion makes more ordinary', async () => {
    const rescore = scoredBy((row) => 5 - (row[0] ?? 0));
    const nominated = Float64Array.of(0.5, 0.3, 0.2, 0);
    const shares = await deletionShares({ rows: [Float64Array.of(1, 1, 1, 0)], typical, nominated, rescore });
    expect([...shares]).toEqual([...nominated]);
  });

  it('add up to 1, are never negative, and do not depend on what else is explained', async () => {
    const number = fc.double({ min: -9, max: 9, noNaN: true });
    const row = fc.array(number, { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 70 }), row, async (values, weights) => {
        const rescore = scoredBy((x) => Math.log1p(Math.abs(x.reduce((sum, v, j) => sum + v * (weights[j] ?? 0), 0))));
        const rows = values.map((each) => Float64Array.from(each));
        const nominated = Float64Array.from(rows.flatMap(() => [0.4, 0.3, 0.2, 0.1]));
        const shares = await deletionShares({ rows, typical, nominated, rescore });
        expect(shares.every((share) => share >= 0)).toBe(true);
        rows.forEach((_, k) => {
          expect(shares.subarray(4 * k, 4 * k + 4).reduce((a, b) => a + b)).toBeCloseTo(1, 9);
        });
        const last = rows.length - 1;
        const alone = await deletionShares({
          rows: rows.slice(last),
          typical,
          nominated: nominated.slice(0, 4),
          rescore,
        });
        expect([...alone]).toEqual([...shares.subarray(4 * last)]);
      }),
    );
  });

  it('tell the score before and after each of three steps', async () => {
    const rescore = scoredBy((row) => 1 + 4 * (row[0] ?? 0) + 2 * (row[1] ?? 0) + (row[2] ?? 0) + (row[3] ?? 0) / 2);
    const [told] = await deletions({ rows: [Float64Array.of(1, 1, 1, 1)], typical, nominated: even, rescore });
    expect(told?.score).toBe(8.5);
    expect(told?.steps).toEqual([
      { column: 0, score: 4.5 },
      { column: 1, score: 2.5 },
      { column: 2, score: 1.5 },
    ]);
    expect(told?.shares[3]).toBeCloseTo(0.5 / 7.5, 5);
  });

  it('name first, of a real forest, the feature whose loss lowers the score most', async () => {
    const random = seededRandom(3);
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const column = (): number[] => Array.from({ length: 400 }, (_, i) => random.normal() * (i < 8 ? 4 : 1));
    const table = tableOf(Object.fromEntries(names.map((name) => [name, column()])));
    const detection = await detectActors(table, { seed: 1, minEvents: 1, detectors: ['isolationForest'] });
    const { rescore } = detection;
    const rows = detection.order.slice(0, 8).map((i) => Float64Array.from(table.columns, (values) => values[i] ?? 0));
    const nominated = new Float64Array(rows.length * 6).fill(1 / 6);
    const shares = await deletionShares({ rows, typical: new Float64Array(6), nominated, rescore });
    for (const [k, row] of rows.entries()) {
      const without = await rescore(names.map((_, j) => row.with(j, 0)));
      const own = shares.subarray(6 * k, 6 * k + 6);
      expect(without[own.indexOf(Math.max(...own))]).toBe(Math.min(...without));
    }
  });
});

describe('nonIncreasing', () => {
  it.each([
    [[], []],
    [
      [3, 2, 1],
      [3, 2, 1],
    ],
    [
      [1, 3],
      [2, 2],
    ],
    [
      [5, 1, 3, 2],
      [5, 2, 2, 2],
    ],
    [
      [1, 2, 6],
      [3, 3, 3],
    ],
  ])('%j becomes %j', (values, expected) => {
    expect(nonIncreasing(values)).toEqual(expected);
  });
});
