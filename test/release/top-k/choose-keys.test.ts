import { describe, expect, it } from 'vitest';
import { rational } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { chooseKnownKeys, chooseUnknownKeys, selectionThreshold } from '../../../core/release/top-k/index.ts';
import { chiSquareChance } from '../support/goodness.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';
import { answerShares, deltaAt } from './exact.ts';

const source = createNoiseSource(seededSecureRandom('choose keys'));

describe('chooseUnknownKeys', () => {
  it('draws answers by their exact shares (false alarm 1e-6)', () => {
    const counts = [6, 0, 5, 5, 2];
    const shares = answerShares(counts, 2, 0.7, 6);
    const found = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const chosen = chooseUnknownKeys(Float64Array.from(counts), 2, rational(7, 10), 6, source);
      const answer = `${chosen.join(',')}${chosen.length < 2 ? '.' : ''}`;
      found.set(answer, (found.get(answer) ?? 0) + 1);
    }
    const answers = [...shares.keys()];
    expect([...found.keys()].filter((answer) => !shares.has(answer))).toEqual([]);
    const chance = chiSquareChance(
      answers.map((answer) => found.get(answer) ?? 0),
      answers.map((answer) => shares.get(answer) ?? 0),
    );
    expect(chance).toBeGreaterThan(1e-6);
  });

  // An actor adds up to 2 to each of up to 2 keys; shares by the definition, both directions, k = 2.
  it.each([
    ['two new keys', [7, 3, 0, 0], [7, 3, 2, 2]],
    ['one new key, one more', [7, 3, 0, 0], [9, 3, 2, 0]],
    ['only known keys', [7, 3, 4, 0], [7, 5, 6, 0]],
    ['the first keys', [0, 0, 0, 0], [2, 2, 0, 0]],
    ['close to the threshold', [9, 9, 9, 0], [10, 11, 9, 0]],
  ])('is (k ε, δ)-private at the threshold it computes: %s', (_, x, y) => {
    const [epsilon, delta] = [0.9, 0.01];
    const rate = rational(9, 20);
    const threshold = selectionThreshold({ rate, contribution: 2, keysPerActor: 2 }, rational(1, 100));
    const [p, q] = [answerShares(x, 2, 0.45, threshold), answerShares(y, 2, 0.45, threshold)];
    expect(deltaAt(p, q, 2 * epsilon)).toBeLessThanOrEqual(delta);
    expect(deltaAt(q, p, 2 * epsilon)).toBeLessThanOrEqual(delta);
  });

  it('spends the δ it names, not a tenth of it: with a threshold one lower it costs more', () => {
    const rate = rational(9, 20);
    const threshold = selectionThreshold({ rate, contribution: 1, keysPerActor: 2 }, rational(1, 100));
    const shown = (t: number) => deltaAt(answerShares([1, 1], 1, 0.45, t), answerShares([0, 0], 1, 0.45, t), 0.45);
    expect(shown(threshold)).toBeLessThanOrEqual(0.01);
    expect(shown(threshold - 1)).toBeGreaterThan(0.01);
  });

  it('finds the keys that stand out, in order', () => {
    const counts = Float64Array.of(5, 4000, 1, 9000, 2000, 0);
    expect([...chooseUnknownKeys(counts, 2, rational(1), 100, source)]).toEqual([3, 1]);
    expect([...chooseUnknownKeys(counts, 5, rational(1), 100, source)]).toEqual([3, 1, 4]);
  });
});

describe('chooseKnownKeys', () => {
  it.each(['exponential', 'permute-and-flip'] as const)('%s: all keys of the list, once each, best first', (method) => {
    const counts = Float64Array.of(5, 4000, 0, 9000);
    expect([...chooseKnownKeys(counts, 2, rational(1), method, source)]).toEqual([3, 1]);
    const all = chooseKnownKeys(counts, 9, rational(1), method, source);
    expect([...all].sort()).toEqual([0, 1, 2, 3]);
  });
});

describe('selectionThreshold', () => {
  // contribution + ⌈(contribution / ε) ln(keysPerActor (1 − δ) / δ)⌉
  it.each([
    [1, 1, 1, 1e-6, 1 + 14],
    [1, 1, 4, 1e-6, 1 + 16],
    [0.5, 3, 4, 1e-9, 3 + Math.ceil(6 * Math.log((4 * (1 - 1e-9)) / 1e-9))],
  ])('ε %f, contribution %i, keys %i, δ %f: %i', (epsilon, contribution, keysPerActor, delta, threshold) => {
    const rate = rational(Math.round(epsilon * 2), 2 * contribution);
    const exact = rational(1, BigInt(Math.round(1 / delta)));
    expect(selectionThreshold({ rate, contribution, keysPerActor }, exact)).toBe(threshold);
  });

  it.each([rational(0), rational(1), rational(-1, 2)])('refuses a δ that is none', (delta) => {
    expect(() => selectionThreshold({ rate: rational(1), contribution: 1, keysPerActor: 1 }, delta)).toThrow('delta');
  });
});
