import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addRational,
  compareRational,
  divideRational,
  floorRational,
  formatRational,
  multiplyRational,
  parseRational,
  rational,
  rationalOf,
  subtractRational,
  toNumber,
} from '../../core/math/rational.ts';

const fraction = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 30n }))
  .map(([n, d]) => rational(n, d));
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('rational', () => {
  it('is in lowest terms over a positive denominator', () => {
    expect(rational(6, 4)).toEqual({ numerator: 3n, denominator: 2n });
    expect(rational(-6, -4)).toEqual({ numerator: 3n, denominator: 2n });
    expect(rational(6n, -4n)).toEqual({ numerator: -3n, denominator: 2n });
    expect(rational(0, -7)).toEqual({ numerator: 0n, denominator: 1n });
    expect(rational(5)).toEqual({ numerator: 5n, denominator: 1n });
  });

  it('refuses the denominator 0', () => {
    expect(() => rational(1, 0)).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => divideRational(rational(1), rational(0))).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

describe('rationalOf and toNumber', () => {
  it('hold the exact value of a double', () => {
    expect(rationalOf(0.1)).toEqual({ numerator: 3602879701896397n, denominator: 2n ** 55n });
    expect(rationalOf(-2.5)).toEqual(rational(-5, 2));
    expect(rationalOf(-0)).toEqual(rational(0));
    expect(rationalOf(5e-324)).toEqual({ numerator: 1n, denominator: 2n ** 1074n });
    expect(rationalOf(Number.MAX_VALUE)).toEqual(rational((2n ** 53n - 1n) * 2n ** 971n));
    expect(() => rationalOf(Number.NaN)).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => rationalOf(Number.POSITIVE_INFINITY)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('go there and back', () => {
    fc.assert(
      fc.property(finite, (x) => toNumber(rationalOf(x)) === x),
      { numRuns: 2000 },
    );
  });

  it('round to the nearest double, ties to the even one', () => {
    expect(toNumber(rational(1, 3))).toBe(1 / 3);
    expect(toNumber(rational(2n ** 53n + 1n))).toBe(2 ** 53);
    expect(toNumber(rational(2n ** 53n + 3n))).toBe(2 ** 53 + 4);
    expect(toNumber(rational(2n ** 54n + 2n + 1n, 1n))).toBe(2 ** 54 + 4);
    expect(toNumber(rational(1n, 2n ** 1075n))).toBe(0);
    expect(toNumber(rational(3n, 2n ** 1076n))).toBe(5e-324);
    expect(toNumber(rational(-3n, 2n ** 1075n))).toBe(-1e-323);
    expect(toNumber(rational(10n ** 400n))).toBe(Number.POSITIVE_INFINITY);
    expect(toNumber(rational(10n ** 400n, 10n ** 399n))).toBe(10);
    // A quotient of doubles that are whole is rounded once, as IEEE 754 divides.
    const whole = fc.maxSafeInteger();
    fc.assert(
      fc.property(whole, whole, (a, b) => b === 0 || toNumber(rational(a, b)) === a / b),
      { numRuns: 2000 },
    );
  });
});

describe('parseRational and formatRational', () => {
  it.each([
    ['0.1', 1n, 10n],
    ['1', 1n, 1n],
    ['-3', -3n, 1n],
    ['+.5', 1n, 2n],
    ['2.', 2n, 1n],
    ['1e-6', 1n, 1_000_000n],
    ['2.5E+3', 2500n, 1n],
    ['1/3', 1n, 3n],
    ['-2/6', -1n, 3n],
    ['0.000', 0n, 1n],
  ])('read %s', (text, numerator, denominator) => {
    expect(parseRational(text)).toEqual({ numerator, denominator });
  });

  it.each([
    '',
    '.',
    'e5',
    '-',
    '1,5',
    ' 1',
    '1 ',
    '0x10',
    'NaN',
    'Infinity',
    '1e',
    '1/-2',
    '1/0',
    '1e999',
    '1e99999999',
  ])('refuse %j', (text) => {
    expect(() => parseRational(text)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('refuse what is too long, without reading it', () => {
    expect(() => parseRational('9'.repeat(1001))).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('read a number of JSON by its shortest decimal', () => {
    fc.assert(fc.property(finite, (x) => toNumber(parseRational(String(x))) === x));
    expect(parseRational(String(0.1))).toEqual(rational(1, 10));
  });

  it('write what is read back as the same', () => {
    expect(formatRational(rational(1, 8))).toBe('0.125');
    expect(formatRational(rational(-1, 20))).toBe('-0.05');
    expect(formatRational(rational(-7, 3))).toBe('-7/3');
    expect(formatRational(rational(1200))).toBe('1200');
    fc.assert(fc.property(fraction, (a) => compareRational(parseRational(formatRational(a)), a) === 0));
    fc.assert(
      fc.property(fc.integer(), fc.nat(40), (n, places) => {
        const a = rational(BigInt(n), 10n ** BigInt(places));
        expect(parseRational(formatRational(a))).toEqual(a);
      }),
    );
  });
});

describe('arithmetic', () => {
  it('is exact', () => {
    expect(addRational(rational(1, 10), rational(2, 10))).toEqual(rational(3, 10));
    expect(subtractRational(rational(1, 2), rational(2, 3))).toEqual(rational(-1, 6));
    expect(multiplyRational(rational(2, 3), rational(-3, 4))).toEqual(rational(-1, 2));
    expect(divideRational(rational(2, 3), rational(-4, 3))).toEqual(rational(-1, 2));
  });

  it('keeps the laws of a field and of order', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        expect(multiplyRational(a, addRational(b, c))).toEqual(
          addRational(multiplyRational(a, b), multiplyRational(a, c)),
        );
        expect(addRational(subtractRational(a, b), b)).toEqual(a);
        if (b.numerator !== 0n) expect(multiplyRational(divideRational(a, b), b)).toEqual(a);
        expect(compareRational(a, b)).toBe(-compareRational(b, a) + 0);
        expect(compareRational(addRational(a, c), addRational(b, c))).toBe(compareRational(a, b));
      }),
    );
  });

  it('finds the integer below a fraction', () => {
    fc.assert(
      fc.property(fraction, (a) => {
        const low = floorRational(a);
        expect(compareRational(rational(low), a)).toBeLessThanOrEqual(0);
        expect(compareRational(rational(low + 1n), a)).toBe(1);
      }),
    );
    expect(floorRational(rational(-7, 2))).toBe(-4n);
  });
});
