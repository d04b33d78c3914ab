import { expect, test } from 'vitest';

import { parseRational, rational } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { countLeaves } from '../../../core/release/private-forest/count-leaves.ts';
import { growSplits } from '../../../core/release/private-forest/grow.ts';
import {
  parseForest,
  planPrivateForest,
  runPrivateForest,
  type ForestPlan,
} from '../../../core/release/private-forest/index.ts';
import { lossOfBudget } from '../../../core/release/release-file/index.ts';
import { chiSquareChance, countBins, signedShares } from '../support/goodness.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';
import { FEATURES, fresh, paid, rowsOf, SMALL } from './data.ts';

const ROWS = rowsOf(Array.from({ length: 50 }, (_, i) => [i, i * 20, (i % 10) / 10]));
const one = lossOfBudget('1', '0');

/** A source that says when it is first asked for bits. */
const watched = (said: string[]) => {
  const random = seededSecureRandom(1);
  return createNoiseSource({
    kind: 'secure',
    bytes: (length) => {
      said.push('drawn');
      return random.bytes(length);
    },
  });
};

test('nothing is drawn before the debit has resolved', async () => {
  const said: string[] = [];
  await runPrivateForest({ settings: SMALL, cost: one }, ROWS, watched(said), async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    said.push('paid');
  });
  expect(said[0]).toBe('paid');
  expect(said).toContain('drawn');
});

test('a debit that fails leaves nothing drawn', async () => {
  const said: string[] = [];
  const refused = new Error('no budget');
  const running = runPrivateForest({ settings: SMALL, cost: one }, ROWS, watched(said), () => Promise.reject(refused));
  await expect(running).rejects.toBe(refused);
  expect(said).toEqual([]);
});

test('rows that do not fit are refused before the debit', async () => {
  const said: string[] = [];
  const short = { ...ROWS, columns: ROWS.columns.slice(1) };
  const running = runPrivateForest({ settings: SMALL, cost: one }, short, fresh(), async () => void said.push('paid'));
  await expect(running).rejects.toThrow(expect.objectContaining({ code: 'internal' }));
  expect(said).toEqual([]);
});

test('noise too wide to be drawn is refused before the debit', async () => {
  const said: string[] = [];
  const cost = lossOfBudget('1e-300', '0');
  const running = runPrivateForest({ settings: SMALL, cost }, ROWS, fresh(), async () => void said.push('paid'));
  await expect(running).rejects.toThrow(expect.objectContaining({ code: 'usage' }));
  expect(said).toEqual([]);
});

test('what is debited is what settings and cost lead to, whatever the given plan says', async () => {
  const debits: ForestPlan[] = [];
  const forged = {
    ...planPrivateForest(SMALL, one),
    events: [],
    noise: { kind: 'discrete-laplace', scale: rational(1, 1000) },
  } as const;
  const forest = await runPrivateForest(forged, ROWS, fresh(), async (plan) => void debits.push(plan));
  expect(debits).toEqual([planPrivateForest(SMALL, one)]);
  expect(forest.plan.noise).toEqual({ kind: 'discrete-laplace', scale: rational(6) });
});

/** Four trees at ε = 2: noise of scale 2 on 16,384 leaves. False alarm below 1e-6; the seed makes it the same each run. */
test('the noise on all leaves is discrete Laplace of scale trees / ε, on empty ones too', async () => {
  const settings = parseForest({ forest: { features: FEATURES, trees: 4, depth: 12 } });
  const source = createNoiseSource(seededSecureRandom('forest'));
  const cost = { kind: 'pure', epsilon: parseRational('2') } as const;
  const { counts, splits } = await runPrivateForest({ settings, cost }, ROWS, source, paid);
  const exact = countLeaves(settings, splits, ROWS);
  const noise = counts.map((count, i) => count - (exact[i] ?? 0));
  const edges = [0, 1, 2, 3, 4, 5, 6, 8, 10];
  const sharesOf = (scale: number): number[] => {
    const q = Math.exp(-1 / scale);
    const upTo = (k: number): number => 1 - (2 * q ** (k + 1)) / (1 + q);
    return [...edges.map((edge, i) => upTo(edge) - (i === 0 ? 0 : upTo(edges[i - 1] ?? 0))), 1 - upTo(10)];
  };
  const chance = (scale: number): number =>
    chiSquareChance(countBins(noise, edges, true), signedShares(sharesOf(scale), edges, true));
  expect(chance(2)).toBeGreaterThan(1e-6);
  // The same noise is told apart from noise 10 % narrower or wider.
  expect(chance(1.8)).toBeLessThan(1e-6);
  expect(chance(2.2)).toBeLessThan(1e-6);
});

test('an actor with many rows counts once, as the first of them', () => {
  const settings = SMALL;
  const splits = growSplits(settings);
  const many = rowsOf([
    [0, 900, 0.9],
    [0, 1, 0.1],
    [1, 5, 0.5],
    [0, 400, 0.2],
  ]);
  const first = rowsOf([
    [0, 900, 0.9],
    [1, 5, 0.5],
  ]);
  expect(countLeaves(settings, splits, many)).toEqual(countLeaves(settings, splits, first));
});
