import { describe, expect, it } from 'vitest';
import { ecod, fitTail, tailsOf } from '../../../core/detect/ecod/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { peerGolden, worstDifference } from '../peer-golden.ts';
import { itKeepsTheLaws } from '../peer-laws.ts';
import { matrixOf, normalMatrix } from '../tables.ts';

describe('ecod', () => {
  itKeepsTheLaws(ecod, { sum: 'score' });

  it('equals PyOD', async () => {
    const matrix = matrixOf(peerGolden.columns, peerGolden.values);
    const scores = await ecod.score(await ecod.fit(matrix, seededRandom(1), {}), matrix, {});
    expect(worstDifference(scores, peerGolden.ecod)).toBeLessThan(1e-9);
  });
});

describe('fitTail', () => {
  it('counts ties on both sides', () => {
    const tail = fitTail(matrixOf(1, [1, 2, 2, 5, Number.NaN]), 0);
    expect(tail.count).toBe(4);
    expect(tailsOf(tail, 2)).toEqual({ left: Math.log(4 / 3), right: Math.log(4 / 3) });
    expect(tailsOf(tail, 5)).toEqual({ left: 0, right: Math.log(4) });
    expect(tailsOf(tail, 3.5).left).toBeCloseTo(Math.log(4 / 3), 12);
    expect(tailsOf(tail, 9)).toEqual({ left: 0, right: Math.log(5) });
    expect(tailsOf(tail, 0)).toEqual({ left: Math.log(5), right: 0 });
    expect(tail.skew).toBe(1);
  });

  it('keeps a large column in few knots, true to a hundredth in both tails', () => {
    const rows = 200_000;
    const matrix = normalMatrix(rows, 1, 1);
    const tail = fitTail(matrix, 0);
    expect(tail.knots.length).toBeLessThan(3000);
    const sorted = matrix.values.slice().sort();
    for (const rank of [1, 2, 10, 333, 5000, 99_999, 150_000, 199_900, 199_999]) {
      const { left, right } = tailsOf(tail, sorted[rank] ?? 0);
      expect(Math.abs(left - Math.log(rows / (rank + 1)))).toBeLessThan(0.01);
      expect(Math.abs(right - Math.log(rows / (rows - rank)))).toBeLessThan(0.01);
    }
  });
});
