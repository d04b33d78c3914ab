import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRational, multiplyRational, parseRational, rational, toNumber } from '../../../core/math/rational.ts';
import { spent } from '../../../core/release/accounting/index.ts';
import { choiceBudget, rootBelow } from '../../../core/release/top-k/index.ts';

describe('choiceBudget', () => {
  it('pure: ε in equal parts', () => {
    expect(choiceBudget({ kind: 'pure', epsilon: rational(1) }, 8)).toEqual({
      epsilon: rational(1, 8),
      rule: 'pure',
      event: { kind: 'bounded-range', epsilon: rational(1, 8), choices: 8 },
    });
  });

  it('zCDP: n choices of bounded range ε cost n ε² / 8, never more than ρ', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 200 }), (thousandths, n) => {
        const rho = rational(thousandths, 1000);
        const { epsilon } = choiceBudget({ kind: 'zcdp', rho }, n);
        const cost = multiplyRational(rational(n, 8), multiplyRational(epsilon, epsilon));
        expect(compareRational(cost, rho)).toBeLessThanOrEqual(0);
        expect(toNumber(cost)).toBeGreaterThan(toNumber(rho) * (1 - 1e-6));
      }),
    );
  });

  it('(ε, δ): pure for few choices, zCDP for many, never more than was given', () => {
    const loss = { kind: 'approximate', epsilon: rational(1), delta: parseRational('1e-6') } as const;
    expect(choiceBudget(loss, 2).rule).toBe('pure');
    const many = choiceBudget(loss, 64);
    expect(many.rule).toBe('zcdp');
    expect(toNumber(many.epsilon)).toBeGreaterThan(1 / 64);
    const cost = spent([many.event], loss.delta);
    expect(cost.zcdp && toNumber(cost.zcdp)).toBeLessThanOrEqual(1);
    expect(cost.zcdp && toNumber(cost.zcdp)).toBeGreaterThan(0.999);
  });

  it('refuses to spend nothing', () => {
    expect(() => choiceBudget({ kind: 'pure', epsilon: rational(0) }, 1)).toThrow('Nothing may be spent');
  });
});

describe('rootBelow', () => {
  it('is the root, rounded down to 2^−40', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 6n }), (n, d) => {
        const x = rational(n, d);
        const root = rootBelow(x);
        const next = rational(root.numerator * ((1n << 40n) / root.denominator) + 1n, 1n << 40n);
        expect(compareRational(multiplyRational(root, root), x)).toBeLessThanOrEqual(0);
        expect(compareRational(multiplyRational(next, next), x)).toBe(1);
      }),
    );
  });
});
