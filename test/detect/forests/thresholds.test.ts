import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagedGainThreshold, pooledGainThreshold } from '../../../core/detect/forests/thresholds/deviation-gain.ts';
import { uniformThreshold } from '../../../core/detect/forests/thresholds/uniform.ts';
import { seededRandom } from '../../../core/random/index.ts';

const random = seededRandom(1);
/** One far value, then a group of four, then a group of five. */
const groups = [0, 6, 6.25, 6.5, 6.75, 9, 9.25, 9.5, 9.75, 10];

describe('guided thresholds', () => {
  const cases: readonly (readonly [readonly number[], number, number])[] = [
    // values, pooled, averaged
    [[0, 0, 1, 1], 0.5, 0.5],
    [[3, 1, 2, 100], 51.5, 51.5],
    [groups, 3, 3],
    // Evenly spread: pooled halves them, averaged sets one apart (the first of two equal gains).
    [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4.5, 0.5],
  ];
  it.each(cases)('parts %j at %d by the pooled, %d by the averaged gain', (values, pooled, averaged) => {
    expect(pooledGainThreshold(Float32Array.from(values), random).at).toBeCloseTo(pooled, 5);
    expect(averagedGainThreshold(Float32Array.from(values), random).at).toBeCloseTo(averaged, 5);
  });

  it('gains all there is to gain when both sides are constant', () => {
    expect(pooledGainThreshold(Float32Array.of(2, 7, 2, 7, 7), random)).toEqual({ at: 4.5, gain: 1 });
    expect(averagedGainThreshold(Float32Array.of(2, 7, 2, 7, 7), random)).toEqual({ at: 4.5, gain: 1 });
  });

  it('is the best of all cuts, by the definition computed plainly', () => {
    const deviation = (v: readonly number[]): number => {
      const mean = v.reduce((a, b) => a + b, 0) / v.length;
      return Math.sqrt(v.reduce((a, b) => a + (b - mean) ** 2, 0) / v.length);
    };
    const list = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(list, (values) => {
        fc.pre(new Set(values).size > 1);
        const gains = [...new Set(values)]
          .sort((a, b) => a - b)
          .slice(0, -1)
          .map((cut) => {
            const left = values.filter((v) => v <= cut);
            const right = values.filter((v) => v > cut);
            const share = left.length / values.length;
            const pooled = share * deviation(left) + (1 - share) * deviation(right);
            return {
              pooled: 1 - pooled / deviation(values),
              averaged: 1 - (deviation(left) + deviation(right)) / 2 / deviation(values),
            };
          });
        const best = (of: readonly number[]): number => Math.max(...of);
        const got = Float32Array.from(values);
        expect(pooledGainThreshold(got.slice(), random).gain).toBeCloseTo(best(gains.map((g) => g.pooled)), 6);
        expect(averagedGainThreshold(got.slice(), random).gain).toBeCloseTo(best(gains.map((g) => g.averaged)), 6);
      }),
    );
  });
});

describe('every rule', () => {
  it('cuts at or above the least value and below the largest, whatever the numbers', () => {
    const list = fc.array(fc.float({ noNaN: true, min: Math.fround(-1e30), max: Math.fround(1e30) }), { minLength: 2 });
    fc.assert(
      fc.property(list, fc.nat(), (values, seed) => {
        const low = Math.min(...values);
        const high = Math.max(...values);
        fc.pre(high > low);
        for (const rule of [uniformThreshold, pooledGainThreshold, averagedGainThreshold]) {
          const { at } = rule(Float32Array.from(values), seededRandom(seed));
          expect(at).toBe(Math.fround(at));
          expect(at).toBeGreaterThanOrEqual(low);
          expect(at).toBeLessThan(high);
        }
      }),
    );
  });
});
