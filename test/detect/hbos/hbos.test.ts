import { describe, expect, it } from 'vitest';
import { hbos } from '../../../core/detect/hbos/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { peerGolden, worstDifference } from '../peer-golden.ts';
import { itKeepsTheLaws } from '../peer-laws.ts';
import { matrixOf } from '../tables.ts';

describe('hbos', () => {
  itKeepsTheLaws(hbos, { sum: 'score' });

  it('equals the definition by histograms of NumPy', async () => {
    const matrix = matrixOf(peerGolden.columns, peerGolden.values);
    const scores = await hbos.score(await hbos.fit(matrix, seededRandom(1), {}), matrix, {});
    expect(worstDifference(scores, peerGolden.hbos)).toBeLessThan(1e-9);
  });

  it('counts what lies between or beyond the bins as half a row', async () => {
    const matrix = matrixOf(1, [0, 0, 0, 0, 10]);
    const model = await hbos.fit(matrix, seededRandom(1), {});
    const scores = await hbos.score(model, matrixOf(1, [0, 10, 5, 11, -1]), {});
    expect([...scores]).toEqual([0, Math.log(4), Math.log(8), Math.log(8), Math.log(8)]);
  });
});
