import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRational, parseRational, rational, toNumber, type Rational } from '../../../core/math/rational.ts';
import {
  laplaceScale,
  NOTHING_SPENT,
  odometer,
  spent,
  withinLimit,
  zcdpEpsilon,
  type LossEvent,
} from '../../../core/release/accounting/index.ts';
import { anyEvent } from './events.ts';

const delta = parseRational('1e-6');
const number = (a: Rational | undefined): number => (a === undefined ? Number.POSITIVE_INFINITY : toNumber(a));
const events = fc.array(anyEvent, { minLength: 1, maxLength: 6 });

describe('what events cost together', () => {
  it('is nothing for none', () => {
    expect(spent([], delta).epsilon).toEqual(rational(0));
    expect(spent([{ kind: 'pure', epsilon: rational(0) }], rational(0)).epsilon).toEqual(rational(0));
  });

  it('is exact for basic composition: ten times 0.1 is 1', () => {
    const tenths = Array.from({ length: 10 }, (): LossEvent => ({ kind: 'pure', epsilon: parseRational('0.1') }));
    expect(spent(tenths, rational(0))).toMatchObject({
      epsilon: rational(1),
      by: 'basic',
      lossDistribution: undefined,
    });
  });

  it('is the least of the three bounds, never negative', () => {
    fc.assert(
      fc.property(events, (list) => {
        const { epsilon, basic, zcdp, lossDistribution } = spent(list, delta);
        const least = Math.min(number(basic), number(zcdp), number(lossDistribution));
        expect(number(epsilon)).toBe(least);
        expect(least).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 12 },
    );
  });

  it('does not depend on the order of events, to the last bit', () => {
    fc.assert(
      fc.property(
        events.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(spent(shuffled, delta)).toEqual(spent(list, delta));
        },
      ),
      { numRuns: 10 },
    );
  });

  it('never falls when an event is added (loss distributions: but for the rounding of their grids, 0.2 %)', () => {
    fc.assert(
      fc.property(events, anyEvent, (list, another) => {
        const [before, after] = [spent(list, delta), spent([...list, another], delta)];
        expect(number(after.basic)).toBeGreaterThanOrEqual(number(before.basic));
        expect(number(after.zcdp)).toBeGreaterThanOrEqual(number(before.zcdp));
        if (after.lossDistribution !== undefined) {
          expect(number(after.lossDistribution)).toBeGreaterThanOrEqual(number(before.lossDistribution) * 0.998);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('falls with δ, and grows with ε of an event', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: 1, max: 100 }), (list, n) => {
        const [strict, loose] = [spent(list, rational(n, 10n ** 8n)), spent(list, rational(n, 10n ** 7n))];
        expect(number(loose.epsilon)).toBeLessThanOrEqual(number(strict.epsilon) * 1.002);
      }),
      { numRuns: 10 },
    );
    const pure = (epsilon: string): LossEvent[] =>
      Array.from({ length: 30 }, () => ({ kind: 'pure', epsilon: parseRational(epsilon) }));
    expect(number(spent(pure('0.11'), delta).epsilon)).toBeGreaterThan(number(spent(pure('0.1'), delta).epsilon));
  });

  it('has no bound where the events’ own δ add up to more than asked', () => {
    const event: LossEvent = { kind: 'selection', epsilon: rational(1), delta: parseRational('6e-7') };
    expect(spent([event], delta).basic).toEqual(rational(1));
    expect(spent([event, event], delta)).toMatchObject({ epsilon: undefined, by: undefined });
  });

  it('counts every aggregate of a release: noise for the whole ε on each of two is 2 ε', () => {
    const epsilon = rational(1);
    const reach = { coordinates: 1, sensitivity: rational(1) };
    const unsplit: LossEvent = { kind: 'discrete-laplace', ...reach, scale: laplaceScale(reach, epsilon) };
    const split: LossEvent = { ...unsplit, scale: laplaceScale(reach, rational(1, 2)) };
    expect(odometer([unsplit, unsplit]).epsilon).toEqual(rational(2));
    expect(odometer([split, split]).epsilon).toEqual(rational(1));
    const limit = { epsilon, delta: rational(0), conversionDelta: rational(0) };
    expect(withinLimit(limit, odometer([unsplit, unsplit]))).toBe(false);
    expect(withinLimit(limit, odometer([split, split]))).toBe(true);
  });
});

describe('zCDP', () => {
  it('counts a discrete Laplace run per number, and Gaussian noise by its L2 reach', () => {
    const reach = { coordinates: 4, sensitivity: rational(3) };
    expect(odometer([{ kind: 'discrete-laplace', ...reach, scale: rational(30) }])).toEqual({
      epsilon: rational(4, 10),
      rho: rational(4, 200),
      delta: rational(0),
    });
    expect(odometer([{ kind: 'discrete-gaussian', ...reach, sigmaSquared: rational(18) }])).toEqual({
      epsilon: undefined,
      rho: rational(1),
      delta: rational(0),
    });
    expect(odometer([])).toEqual(NOTHING_SPENT);
  });

  it('as a profile of its own is neither below its conversion nor far above it', () => {
    for (const rho of ['0.0001', '0.005', '0.1', '1', '7']) {
      const { zcdp, lossDistribution } = spent([{ kind: 'zcdp', rho: parseRational(rho) }], delta);
      expect(number(lossDistribution)).toBeGreaterThanOrEqual(zcdpEpsilon(Number(rho), 1e-6) * (1 - 1e-9));
      expect(number(lossDistribution)).toBeLessThanOrEqual(number(zcdp) * 1.01);
      expect(compareRational(zcdp ?? rational(0), rational(0))).toBe(1);
    }
  });
});
