import { expect, test } from 'vitest';

import { scoreForest } from '../../../core/release/private-forest/index.ts';
import { parseForest } from '../../../core/release/private-forest/index.ts';
import { FEATURES, matrixOf } from './data.ts';

/** One tree of depth 1 that parts events at 100: a fifth of the declared box below, with 30 actors; 2 above. */
const FOREST = {
  plan: { settings: parseForest({ forest: { features: FEATURES, trees: 1, depth: 1 } }) },
  splits: {
    feature: Uint16Array.of(0),
    threshold: Float64Array.of(100),
    volume: Float64Array.of(0.0625, 0.9375),
  },
  counts: Float64Array.of(30, 2),
};

test('a score is minus count over the fourth root of volume, at the leaf of the row', () => {
  const matrix = matrixOf(
    ['share', 'other', 'events'],
    [
      [0.5, 7, 99],
      [0.5, 7, 100],
      [0.5, 7, Number.NaN],
      [0.5, 7, 1e9],
    ],
  );
  const above = -2 / 0.9375 ** 0.25;
  const scores = scoreForest(FOREST, matrix);
  [-60, above, -60, above].forEach((expected, i) => expect(scores[i]).toBeCloseTo(expected, 12));
});

test('it is linear in the counts, so that noise of mean zero adds none to it', () => {
  const matrix = matrixOf(['events', 'share'], [[50, 0]]);
  const of = (count: number): number => scoreForest({ ...FOREST, counts: Float64Array.of(count, 2) }, matrix)[0] ?? 0;
  expect(of(37) + of(23)).toBeCloseTo(2 * of(30), 12);
  expect(of(-5)).toBeCloseTo(10, 12);
});

test('a column that is missing is named', () => {
  expect(() => scoreForest(FOREST, matrixOf(['events'], [[1]]))).toThrow(
    expect.objectContaining({ code: 'input', where: 'share' }),
  );
});
