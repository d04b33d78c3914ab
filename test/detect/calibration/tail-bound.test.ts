import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundTail, qValues } from '../../../core/detect/calibration/index.ts';
import { seededRandom, type Random } from '../../../core/random/index.ts';

const draws = (n: number, draw: (random: Random) => number, seed = 1): Float64Array => {
  const random = seededRandom(seed);
  return Float64Array.from({ length: n }, () => draw(random));
};
const withAbuse = (ordinary: Float64Array, abuse: Float64Array): Float64Array => Float64Array.of(...abuse, ...ordinary);

describe('boundTail', () => {
  it('bounds a known tail: hardly ever below the truth where the hazard rises', () => {
    // Weibull of shape 1.2: survival exp(−x^1.2), its hazard rises slowly. Scores as high as 1 in 10^4, 10^5, 10^6.
    const probes = [1e-4, 1e-5, 1e-6];
    let broken = 0;
    let claimed = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const scores = draws(2000, (random) => (-Math.log(1 - random.float())) ** (1 / 1.2), seed);
      const { pValue, identifiable } = boundTail(
        Float64Array.of(...scores, ...probes.map((p) => (-Math.log(p)) ** (1 / 1.2))),
      );
      if (!identifiable) continue;
      claimed++;
      if (probes.some((p, k) => (pValue[2000 + k] ?? 0) < p)) broken++;
    }
    expect(claimed).toBeGreaterThan(20);
    // All three slopes hold at once 19 times in 20: of Binomial(60, 0.05), more than 12 come less than once in 10^4.
    expect(broken).toBeLessThanOrEqual(12);
  });

  it('finds far abuse among ordinary scores, and none without', () => {
    const ordinary = draws(3000, (random) => random.float() + random.float() + random.float());
    const far = draws(60, (random) => 6 + random.float());
    const q = qValues(boundTail(withAbuse(ordinary, far)).pValue);
    expect(q.subarray(0, 60).every((value) => value < 0.05)).toBe(true);
    expect(q.subarray(60).filter((value) => value <= 0.2).length).toBeLessThanOrEqual(15);
    expect(qValues(boundTail(ordinary).pValue).every((value) => value > 0.2)).toBe(true);
  });

  it('loses power, not its promise, where abuse fills the top of the pool', () => {
    const ordinary = draws(2000, (random) => random.normal());
    const share = (abusers: number): number => {
      const q = qValues(
        boundTail(
          withAbuse(
            ordinary,
            draws(abusers, (random) => 9 + random.float()),
          ),
        ).pValue,
      );
      return q.subarray(0, abusers).filter((value) => value <= 0.1).length / abusers;
    };
    expect(share(100)).toBe(1);
    expect(share(400)).toBe(1);
    expect(share(2000)).toBe(0);
  });

  it.each([
    ['Pareto', (random: Random) => (1 - random.float()) ** -0.5],
    ['lognormal', (random: Random) => Math.exp(1.5 * random.normal())],
  ] as const)('claims nothing for heavy tails: %s', (_, draw) => {
    const { identifiable, why, pValue } = boundTail(draws(3000, draw));
    expect(identifiable).toBe(false);
    expect(why).toMatch(/thin out/u);
    expect(Math.min(...qValues(pValue))).toBeCloseTo(1, 12);
  });

  it.each([
    ['one value', new Float64Array(500).fill(0.4)],
    ['three values', Float64Array.from({ length: 500 }, (_, i) => i % 3)],
    ['few', draws(100, (random) => random.normal())],
    ['missing', new Float64Array(300).fill(Number.NaN)],
    ['none', new Float64Array(0)],
  ] as const)('claims nothing of %s', (_, scores) => {
    const { identifiable, why, pValue } = boundTail(scores);
    expect(identifiable).toBe(false);
    expect(why).toMatch(/too few or too often equal/u);
    expect(pValue).toHaveLength(scores.length);
    expect(qValues(pValue).every((q) => Number.isNaN(q) || q > 0.999)).toBe(true);
  });

  it('leaves missing scores out and infinite ones where the pool puts them', () => {
    const scores = draws(1000, (random) => random.normal());
    const { pValue } = boundTail(
      Float64Array.of(...scores, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    );
    expect([...pValue.subarray(1000)]).toEqual([Number.NaN, 1 / 1002, 1]);
    expect(pValue.subarray(0, 1000).every((p) => p > 0 && p <= 1)).toBe(true);
  });

  it('depends on the scale and place of the scores no more than on their order', () => {
    const scores = Float64Array.of(...draws(400, (random) => random.normal()), 8, 9);
    const { pValue } = boundTail(scores);
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: -50, max: 50, noNaN: true }),
        (scale, shift) => {
          const moved = boundTail(scores.map((score) => scale * score + shift));
          moved.pValue.forEach((p, i) => expect(Math.log(p)).toBeCloseTo(Math.log(pValue[i] ?? 0), 5));
          const turned = boundTail(scores.slice().reverse()).pValue.reverse();
          turned.forEach((p, i) => expect(p).toBe(pValue[i]));
        },
      ),
      { numRuns: 20 },
    );
    const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    order.forEach((row, k) => {
      if (k > 0) expect(pValue[row]).toBeGreaterThanOrEqual(pValue[order[k - 1] ?? 0] ?? 2);
    });
  });
});
