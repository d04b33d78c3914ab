import { expect, test } from 'vitest';

import { parseRational, rational, toNumber } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { systemRandom } from '../../../core/random/index.ts';
import { parseQuery, planRelease, truncationBound, truncationDelta } from '../../../core/release/index.ts';
import { showCounts } from '../../../core/release/selection/show-counts.ts';

const shownOf = (counts: Float64Array, scale: number, bound: number) =>
  showCounts(counts, { kind: 'truncated-laplace', scale: rational(scale), bound }, createNoiseSource(systemRandom));

test('groups of nobody are never shown, and noise stays within its bound', () => {
  expect(shownOf(new Float64Array(50_000), 100, 3).groups).toHaveLength(0);
  const { groups, counts } = shownOf(new Float64Array(5000).fill(10), 100, 3);
  expect(groups).toHaveLength(5000); // 10 − 3 > 3
  expect([Math.min(...counts), Math.max(...counts)]).toEqual([7, 13]); // each missing with probability (6 / 7)^5000
});

test('a lone actor is shown as often as δ says', () => {
  // 6 standard deviations: a false alarm in 5e8 runs. Keeping counts at the bound as well would show 2.4 times as many.
  const n = 200_000;
  const p = truncationDelta(rational(2), 4, 1);
  const { groups } = shownOf(new Float64Array(n).fill(1), 2, 4);
  expect(Math.abs(groups.length - n * p)).toBeLessThan(6 * Math.sqrt(n * p));
});

test('an actor in several groups pays for all of them', () => {
  const by = [{ column: 'c', keys: 'unknown' }];
  const query = parseQuery({ count: 'actors', by, bounds: { groupsPerActor: 4 } });
  const cost = { kind: 'approximate', epsilon: rational(1), delta: parseRational('1e-6') } as const;
  const noise = planRelease(query, cost).statistics[0]?.noise;
  if (noise?.kind !== 'truncated-laplace') throw new Error('Unknown keys are counted with truncated noise.');
  expect(toNumber(noise.scale)).toBe(4);
  expect(noise.bound).toBe(truncationBound(rational(4), 1, parseRational('0.25e-6')));
  expect(noise.bound).toBeGreaterThan(truncationBound(rational(4), 1, parseRational('1e-6')));
});
