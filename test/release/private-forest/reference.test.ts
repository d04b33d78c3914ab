import { readFileSync } from 'node:fs';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { countLeaves } from '../../../core/release/private-forest/count-leaves.ts';
import { growSplits } from '../../../core/release/private-forest/grow.ts';
import { parseForest, scoreForest } from '../../../core/release/private-forest/index.ts';
import { matrixOf } from './data.ts';

const numbers = z.array(z.number());
const golden = z
  .object({
    settings: z.json(),
    rows: z.array(z.array(z.number().nullable())),
    trees: z.array(z.object({ feature: numbers, threshold: numbers, volume: numbers })),
    counts: z.array(numbers),
    scores: numbers,
  })
  .parse(JSON.parse(readFileSync(new URL('../../golden/private-forest.json', import.meta.url), 'utf8')));
const settings = parseForest({ forest: golden.settings });
const splits = growSplits(settings);
const rows = golden.rows.map((row) => row.map((x) => x ?? Number.NaN));
const columns = settings.features.map((_, j) => Float64Array.from(rows, (row) => row[j] ?? Number.NaN));
const counts = countLeaves(settings, splits, {
  actor: Uint32Array.from(rows.keys()),
  actors: rows.length,
  columns,
});

test('splits are those of a second program that has the settings only, to the last bit', () => {
  expect([...splits.feature]).toEqual(golden.trees.flatMap(({ feature }) => feature));
  expect([...splits.threshold]).toEqual(golden.trees.flatMap(({ threshold }) => threshold));
  expect([...splits.volume]).toEqual(golden.trees.flatMap(({ volume }) => volume));
});

test('so are leaves, missing values among them, and scores', () => {
  expect([...counts]).toEqual(golden.counts.flat());
  const names = settings.features.map(({ name }) => name);
  const scores = scoreForest({ plan: { settings }, splits, counts }, matrixOf(names, rows));
  // Rows of a matrix are of single precision; no row of these changes its leaf by it.
  scores.forEach((score, i) => expect(score).toBeCloseTo(golden.scores[i] ?? Number.NaN, 10));
});

test('leaves fill the declared box, and no threshold lies outside of it', () => {
  const seeds = fc.record({
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    trees: fc.integer({ min: 1, max: 8 }),
    depth: fc.integer({ min: 1, max: 7 }),
  });
  fc.assert(
    fc.property(seeds, (chosen) => {
      const forest = parseForest({ forest: { features: settings.features, ...chosen } });
      const { feature, threshold, volume } = growSplits(forest);
      feature.forEach((at, i) => {
        const { bounds } = forest.features[at] ?? { bounds: [] };
        expect(threshold[i]).toBeGreaterThanOrEqual(bounds[0] ?? Number.NaN);
        expect(threshold[i]).toBeLessThanOrEqual(bounds.at(-1) ?? Number.NaN);
      });
      const leaves = 2 ** forest.depth;
      for (let t = 0; t < forest.trees; t++) {
        const whole = volume.subarray(t * leaves, (t + 1) * leaves).reduce((sum, each) => sum + each, 0);
        expect(whole).toBeCloseTo(1, 12);
      }
    }),
    { numRuns: 60 },
  );
});

test('a tree does not change with how many there are', () => {
  const more = growSplits({ ...settings, trees: settings.trees + 3 });
  expect(more.threshold.subarray(0, splits.threshold.length)).toEqual(splits.threshold);
});
