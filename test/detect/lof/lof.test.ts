import { describe, expect, it } from 'vitest';
import { densities, lof, scoreLof } from '../../../core/detect/lof/index.ts';
import { peerGolden, worstDifference } from '../peer-golden.ts';
import { itKeepsTheLaws } from '../peer-laws.ts';
import { matrixOf } from '../tables.ts';

describe('lof', () => {
  itKeepsTheLaws(lof, { sum: 'score' });

  it('equals scikit-learn where every row is a centre of its own', async () => {
    const { columns, values, probe } = peerGolden;
    const count = values.length / columns;
    const centres = {
      count,
      columns,
      values: Float32Array.from(values),
      weights: new Float32Array(count).fill(1),
      scatter: new Float64Array(count),
    };
    const model = await densities(['a', 'b', 'c', 'd'], centres, peerGolden.lof.neighbours);
    const scores = await scoreLof(model, matrixOf(columns, probe));
    expect(worstDifference(scores, peerGolden.lof.scores)).toBeLessThan(1e-5);
  });
});
