import { describe, expect, it } from 'vitest';
import { rational } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { exponentialMechanism, permuteAndFlip } from '../../../core/release/top-k/index.ts';
import { chiSquareChance } from '../support/goodness.ts';
import { scriptedSecureRandom } from '../support/scripted-secure-random.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';
import { exponentialShares, flipShares } from './exact.ts';

/** Chance of one false alarm in this file's chi-square tests is below 1e-6 each: their seeds are fixed, too. */
const FALSE_ALARM = 1e-6;
const DRAWS = 20_000;

const histogram = (options: number, draw: () => number): Float64Array => {
  const counts = new Float64Array(options);
  for (let i = 0; i < DRAWS; i++) counts[draw()]!++;
  return counts;
};

describe('exponentialMechanism', () => {
  const source = createNoiseSource(seededSecureRandom('exponential'));
  const distances = [3, 0, 1, 7, 2];
  const sizes = [5, 1, 0, 1000, 2];

  it.each([
    ['one candidate each', undefined],
    ['many candidates as one option', sizes],
  ])('draws by size · exp(−rate · distance): %s', (_, given) => {
    const wide = given && Float64Array.from(given);
    const counts = histogram(5, () => exponentialMechanism(Float64Array.from(distances), rational(2, 3), source, wide));
    const shares = exponentialShares(distances, 2 / 3, given);
    const possible = shares.flatMap((share, j) => (share > 0 ? [j] : []));
    expect(counts.reduce((sum, count, j) => sum + (shares[j] === 0 ? count : 0), 0)).toBe(0);
    const chance = chiSquareChance(
      possible.map((j) => counts[j] ?? 0),
      possible.map((j) => shares[j] ?? 0),
    );
    expect(chance).toBeGreaterThan(FALSE_ALARM);
  });

  it('does not depend on a shift that all distances share, and takes distances far apart', () => {
    const far = Float64Array.of(2 ** 40, 2 ** 40 + 1, 2 ** 52);
    const counts = histogram(3, () => exponentialMechanism(far, rational(1, 1), source));
    expect(counts[2]).toBe(0);
    const shares = exponentialShares([0, 1], 1);
    expect(chiSquareChance(counts.subarray(0, 2), shares)).toBeGreaterThan(FALSE_ALARM);
  });

  it('rejects a rate that is 10 % off: the test has power above .999', () => {
    const n = 50_000;
    const counts = new Float64Array(5);
    for (let i = 0; i < n; i++) {
      counts[exponentialMechanism(Float64Array.from(distances), rational(2 * 110, 300), source)]!++;
    }
    expect(chiSquareChance(counts, exponentialShares(distances, 2 / 3))).toBeLessThan(FALSE_ALARM);
  });

  it('draws further bits where the first 64 lie on a boundary', () => {
    // 64 bits come as two 32-bit halves, each with its upper 16 bits first: these are 0.1000…
    const upper = (next: number) => createNoiseSource(scriptedSecureRandom([0x8000, 0, 0, 0, ...Array(4).fill(next)]));
    const two = Float64Array.of(5, 5);
    expect(exponentialMechanism(two, rational(1), upper(0xffff))).toBe(1);
    const below = createNoiseSource(scriptedSecureRandom([0x7fff, 0xffff, 0xffff, 0xffff, 0, 0, 0, 0]));
    expect(exponentialMechanism(two, rational(1), below)).toBe(0);
  });

  it('has nothing to choose from: internal', () => {
    expect(() => exponentialMechanism(new Float64Array(), rational(1), source)).toThrow('nothing to choose');
    expect(() => exponentialMechanism(Float64Array.of(0), rational(1), source, Float64Array.of(0))).toThrow('nothing');
  });
});

describe('permuteAndFlip', () => {
  it('takes rare candidates no more often than they should be (false alarm 1e-6)', () => {
    const [p, n] = [Math.exp(-8), 1000];
    // the best is one of N + 1, N binomial: E 1 / (N + 1)
    const best = (1 - (1 - p) ** (n + 1)) / ((n + 1) * p);
    const found = [0, 0];
    for (let i = 0; i < 20_000; i++) {
      found[permuteAndFlip(Float64Array.of(16, 0), rational(1, 2), source, Float64Array.of(1, n))]!++;
    }
    expect(chiSquareChance(found, [best, 1 - best])).toBeGreaterThan(1e-6);
  });

  it('takes options of several candidates as often as those candidates by themselves (false alarm 1e-6)', () => {
    const shares = flipShares([9, 6, 6, 6, 4, 4, 4, 4, 4, 1], 0.5);
    const sum = (from: number, to: number): number => shares.slice(from, to).reduce((a, b) => a + b, 0);
    const [scores, sizes] = [Float64Array.of(12, 6, 9, 4, 1), Float64Array.of(0, 3, 1, 5, 1)];
    const found = [0, 0, 0, 0, 0];
    for (let i = 0; i < 40_000; i++) found[permuteAndFlip(scores, rational(1, 2), source, sizes)]!++;
    expect(found[0]).toBe(0);
    const expected = [sum(1, 4), sum(0, 1), sum(4, 9), sum(9, 10)];
    expect(chiSquareChance(found.slice(1), expected)).toBeGreaterThan(1e-6);
  });

  const source = createNoiseSource(seededSecureRandom('permute and flip'));

  it.each([[[4, 4, 1, 0]], [[0, 9, 8, 7]], [[3]]])('draws by its exact shares: %j', (scores) => {
    const counts = histogram(scores.length, () => permuteAndFlip(Float64Array.from(scores), rational(1, 2), source));
    if (scores.length === 1) return expect(counts[0]).toBe(DRAWS);
    expect(chiSquareChance(counts, flipShares(scores, 0.5))).toBeGreaterThan(FALSE_ALARM);
  });

  it.each([
    [
      [5, 3, 2, 0],
      [6, 3, 3, 1],
    ],
    [
      [5, 3, 2, 0],
      [5, 4, 3, 1],
    ],
    [
      [2, 2, 2, 2],
      [3, 2, 2, 2],
    ],
    [
      [0, 0, 7, 0],
      [1, 1, 7, 1],
    ],
  ])('is ε-private for counts that all grow by 0…1, with rate = ε: %j', (x, y) => {
    const [p, q] = [flipShares(x, 0.8), flipShares(y, 0.8)];
    p.forEach((share, i) => expect(Math.abs(Math.log(share / (q[i] ?? 0)))).toBeLessThanOrEqual(0.8 + 1e-12));
  });

  it('expects a score no lower than the exponential mechanism at equal ε (McKenna & Sheldon 2020)', () => {
    const scores = [10, 9, 9, 6, 3, 0];
    const mean = (shares: number[]) => shares.reduce((sum, share, i) => sum + share * (scores[i] ?? 0), 0);
    const exponential = exponentialShares(
      scores.map((score) => 10 - score),
      0.7,
    );
    expect(mean(flipShares(scores, 0.7))).toBeGreaterThan(mean(exponential));
  });
});
