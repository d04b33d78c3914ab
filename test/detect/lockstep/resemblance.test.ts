import { describe, expect, it } from 'vitest';
import { addCompany } from '../../../core/detect/lockstep/features/excess.ts';
import { rankTable } from '../../../core/detect/lockstep/features/rank-table.ts';
import { joined, resemblanceOf, sharesBelow } from '../../../core/detect/lockstep/features/resemblance.ts';
import { matrixOf } from '../tables.ts';
import { noPace } from './tables.ts';

describe('resemblanceOf', () => {
  const table = rankTable(matrixOf(2, [0, 5, 0, 5, 0, 1, 9, 5, 9, 1, 9, 1, 9, 1, 9, 1]), noPace);

  it('adds the log ratios of each value, among the alike as if 8 of all had been seen before', async () => {
    const weights = Float64Array.from([2, 2, 0, 0, 0, 0, 0, 0]);
    const { scores, trust } = await resemblanceOf(await table, weights, noPace);
    // Column 0: 0 in 3 of 8 rows, 9 in 5; column 1: 5 in 3, 1 in 5. Both alike rows are (0, 5), with weight 4.
    const same = Math.log((4 / (3 / 8) + 8) / 12);
    const other = Math.log(8 / 12);
    const wanted = [2 * same, 2 * same, same + other, same + other, 2 * other, 2 * other, 2 * other, 2 * other];
    scores.forEach((value, i) => expect(value).toBeCloseTo(wanted[i] ?? Number.NaN, 10));
    expect(trust).toBeCloseTo(4 / 12, 10);
  });

  it('says nothing where nobody is alike', async () => {
    const { scores, trust } = await resemblanceOf(await table, new Float64Array(8), noPace);
    expect([...scores]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(trust).toBe(0);
    expect([...joined([3, 1, 2], { scores: Float64Array.from([0, 0, 0]), trust: 0 })]).toEqual([2 / 3, 0, 1 / 3]);
  });

  it('counts in the joint order as far as it is trusted', () => {
    const scores = Float64Array.from([1, 2, 3, 0]);
    expect([...joined([3, 2, 1, 0], { scores, trust: 0.5 })]).toEqual([0.75, 0.5, 0.25, 0]);
    expect([...joined([1, 2, 3, 0], { scores: Float64Array.from([3, 2, 1, 0]), trust: 0.99 })]).toEqual([
      0.25, 0.5, 0.75, 0,
    ]);
  });
});

describe('sharesBelow', () => {
  it('is in [0, 1), ties in the middle', () => {
    expect([...sharesBelow([5, 1, 5, 9])]).toEqual([0.375, 0, 0.375, 0.75]);
  });
});

describe('addCompany', () => {
  it('counts twins, and apart from them those of habits', () => {
    const cells = Uint32Array.from([1, 1, 1, 2, 2, ...Array.from({ length: 10 }, (_, k) => 10 + k)]);
    const [all, unusual] = [new Float32Array(15), new Float32Array(15)];
    addCompany(cells, all, unusual);
    expect(all[0]).toBeCloseTo(Math.log(3));
    expect(unusual[0]).toBe(0); // two twins are more than a tenth of 15
    expect(unusual[3]).toBeCloseTo(Math.log(2));
    expect([all[5], unusual[5]]).toEqual([0, 0]);
  });
});
