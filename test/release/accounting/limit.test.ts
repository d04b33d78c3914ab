import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRational, parseRational, rational, toNumber } from '../../../core/math/rational.ts';
import {
  largestRho,
  NOTHING_SPENT,
  odometer,
  remaining,
  requireWithinLimit,
  withinLimit,
  zcdpEpsilon,
  type Limit,
  type LossEvent,
} from '../../../core/release/accounting/index.ts';
import { anyEvent } from './events.ts';

const r = parseRational;
const pure: Limit = { epsilon: rational(1), delta: rational(0), conversionDelta: rational(0) };
const mixed: Limit = { epsilon: rational(1), delta: r('1e-6'), conversionDelta: r('4e-7') };
const tenth: LossEvent = { kind: 'pure', epsilon: r('0.1') };
const times = (event: LossEvent, n: number): LossEvent[] => Array.from({ length: n }, () => event);

describe('a limit', () => {
  it('is reached exactly, not by a rounding error: ten times 0.1 fits into 1, a hair more does not', () => {
    expect(withinLimit(pure, odometer(times(tenth, 10)))).toBe(true);
    expect(withinLimit(pure, odometer([...times(tenth, 10), { kind: 'pure', epsilon: r('1e-30') }]))).toBe(false);
  });

  it('does not let Gaussian noise through without a δ to read it by', () => {
    const noise: LossEvent = {
      kind: 'discrete-gaussian',
      coordinates: 1,
      sensitivity: rational(1),
      sigmaSquared: rational(1e6),
    };
    expect(withinLimit(pure, odometer([noise]))).toBe(false);
    expect(withinLimit(mixed, odometer([noise]))).toBe(true);
  });

  it('lets many small releases through by zCDP that basic composition would refuse', () => {
    const small: LossEvent = { kind: 'pure', epsilon: r('0.01') };
    expect(withinLimit(pure, odometer(times(small, 101)))).toBe(false);
    const most = Math.floor(toNumber(largestRho(mixed)) / 0.00005);
    expect(most).toBeGreaterThan(400);
    expect(withinLimit(mixed, odometer(times(small, most)))).toBe(true);
    expect(withinLimit(mixed, odometer(times(small, most + 1)))).toBe(false);
  });

  it('keeps the δ of selections apart from the δ that reads zCDP', () => {
    const selection = (delta: string): LossEvent => ({ kind: 'selection', epsilon: r('0.1'), delta: r(delta) });
    expect(withinLimit(mixed, odometer([selection('6e-7')]))).toBe(true);
    expect(withinLimit(mixed, odometer([selection('6.000001e-7')]))).toBe(false);
  });

  it('once broken stays broken', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), fc.constantFrom(pure, mixed), (events, limit) => {
        let spent = NOTHING_SPENT;
        let broken = false;
        for (const event of events) {
          spent = odometer([event], spent);
          const now = !withinLimit(limit, spent);
          expect(broken && !now).toBe(false);
          broken = now;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('says what is left, rounded down, never below 0', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 5 }), (events) => {
        const spent = odometer(events);
        const left = remaining(mixed, spent);
        for (const part of [left.epsilon, left.rho, left.delta]) {
          expect(compareRational(part, rational(0))).toBeGreaterThanOrEqual(0);
        }
        // what is left can be spent
        if (withinLimit(mixed, spent) && left.epsilon.numerator > 0n) {
          expect(
            withinLimit(mixed, odometer([{ kind: 'approximate', epsilon: left.epsilon, delta: left.delta }], spent)),
          ).toBe(true);
        }
        if (withinLimit(mixed, spent) && left.rho.numerator > 0n) {
          expect(withinLimit(mixed, odometer([{ kind: 'zcdp', rho: left.rho }], spent))).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('allows the ρ that reads as its ε', () => {
    const rho = toNumber(largestRho(mixed));
    expect(zcdpEpsilon(rho, 4e-7)).toBeLessThanOrEqual(1);
    expect(zcdpEpsilon(rho * 1.000001, 4e-7)).toBeGreaterThan(1);
    expect(largestRho(pure)).toEqual(rational(0));
  });

  it('refuses without a figure, and refuses to be none', () => {
    const ask = (): void => requireWithinLimit(pure, odometer(times(tenth, 7)), times(tenth, 4));
    expect(ask).toThrow('The release would cost more than is left of the privacy budget.');
    expect(() => requireWithinLimit(pure, odometer(times(tenth, 7)), times(tenth, 3))).not.toThrow();
    expect(() => withinLimit({ ...pure, epsilon: rational(0) }, NOTHING_SPENT)).toThrow(/out of range/);
    expect(() => withinLimit({ ...mixed, conversionDelta: r('2e-6') }, NOTHING_SPENT)).toThrow(/out of range/);
  });
});
