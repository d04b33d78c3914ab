import { describe, expect, it } from 'vitest';
import { copod } from '../../../core/detect/copod/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { peerGolden, worstDifference } from '../peer-golden.ts';
import { itKeepsTheLaws } from '../peer-laws.ts';
import { matrixOf } from '../tables.ts';

describe('copod', () => {
  itKeepsTheLaws(copod, { sum: 'score' });

  it('equals PyOD', async () => {
    const matrix = matrixOf(peerGolden.columns, peerGolden.values);
    const scores = await copod.score(await copod.fit(matrix, seededRandom(1), {}), matrix, {});
    expect(worstDifference(scores, peerGolden.copod)).toBeLessThan(1e-9);
  });
});
