import { NightjarError } from '../api/errors.ts';

/** An exact fraction in lowest terms; the denominator is above 0. */
export type Rational = { readonly numerator: bigint; readonly denominator: bigint };

/** `numerator` / `denominator` in lowest terms. Throws `usage` where the denominator is 0. */
export const rational = (numerator: bigint | number, denominator: bigint | number = 1n): Rational => {
  const n = BigInt(numerator);
  const d = BigInt(denominator);
  if (d === 0n) throw new NightjarError('usage', 'A fraction cannot have the denominator 0.');
  const divisor = greatestCommonDivisor(n, d) * (d < 0n ? -1n : 1n);
  return { numerator: n / divisor, denominator: d / divisor };
};

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** Exactly the value a double holds: 0.1 becomes 3602879701896397 / 2^55. Throws `usage` where it is not finite. */
export const rationalOf = (x: number): Rational => {
  if (!Number.isFinite(x))
    throw new NightjarError('usage', 'A number is not finite.', { next: 'Give a finite number.' });
  let whole = x;
  let power = 0n;
  // Doubling is exact and ends: after at most 1,074 steps every double is whole.
  for (; !Number.isInteger(whole); power++) whole *= 2;
  return rational(BigInt(whole), 2n ** power);
};

/** Exponents and digits beyond these are no privacy parameter, and would fill the memory. */
const MOST_EXPONENT = 400;
const MOST_CHARACTERS = 1000;

/**
 * Exactly the value a decimal reads as, such as `0.1`, `-3`, `1e-6` or `2.5E+3`; also `1/3`. Throws `usage` for any
 * other text. A number of JSON is read by its shortest decimal: `parseRational(String(x))`.
 */
export const parseRational = (text: string): Rational => {
  const ratio = /^([+-]?\d+)\/(\d+)$/.exec(text);
  const decimal = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  const long = text.length > MOST_CHARACTERS;
  if (!long && ratio) return rational(BigInt(ratio[1] ?? ''), BigInt(ratio[2] ?? ''));
  const [, sign = '', whole = '', part = '', power = '0'] = decimal ?? [];
  const exponent = Number(power) - part.length;
  if (long || whole + part === '' || Math.abs(Number(power)) > MOST_EXPONENT) {
    throw new NightjarError('usage', 'A number is no decimal.', { next: 'Write it like 0.5, 1e-6 or 1/3.' });
  }
  const digits = BigInt(whole + part) * (sign === '-' ? -1n : 1n);
  return exponent < 0 ? rational(digits, 10n ** BigInt(-exponent)) : rational(digits * 10n ** BigInt(exponent));
};

/** a + b. */
export const addRational = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);

/** a − b. */
export const subtractRational = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator);

/** a · b. */
export const multiplyRational = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator);

/** a / b. Throws `usage` where b is 0. */
export const divideRational = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator, a.denominator * b.numerator);

/** Below 0 where a < b, 0 where they are equal, above 0 where a > b. */
export const compareRational = (a: Rational, b: Rational): -1 | 0 | 1 => {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  if (left === right) return 0;
  return left < right ? -1 : 1;
};

/** The largest integer that is not above a. */
export const floorRational = (a: Rational): bigint => {
  const quotient = a.numerator / a.denominator;
  return a.numerator < 0n && quotient * a.denominator !== a.numerator ? quotient - 1n : quotient;
};

/** The double nearest to a; ties go to the even one, as in IEEE 754. Infinite where it is beyond the largest double. */
export const toNumber = (a: Rational): number => {
  const magnitude = a.numerator < 0n ? -a.numerator : a.numerator;
  if (magnitude === 0n) return 0;
  // Quotient with 55 to 56 bits and a sticky bit, so that one rounding by Number() is the only one; fewer for subnormals.
  let shift = 55 - (bitLength(magnitude) - bitLength(a.denominator));
  if (shift > 1074) shift = 1074;
  const scaled = shift >= 0 ? magnitude << BigInt(shift) : magnitude;
  const divisor = shift >= 0 ? a.denominator : a.denominator << BigInt(-shift);
  const quotient = scaled / divisor;
  if (shift === 1074) {
    const twice = 2n * (scaled - quotient * divisor);
    const up = twice > divisor || (twice === divisor && quotient % 2n === 1n) ? 1n : 0n;
    return sign(a) * Number(quotient + up) * 2 ** -1074;
  }
  const sticky = quotient * divisor === scaled ? 0n : 1n;
  const rounded = Number(2n * quotient + sticky);
  // Two exact steps: 2 ** -shift alone may leave the range of doubles.
  const power = -shift - 1;
  const half = Math.trunc(power / 2);
  return sign(a) * rounded * 2 ** half * 2 ** (power - half);
};

const sign = (a: Rational): 1 | -1 => (a.numerator < 0n ? -1 : 1);
const bitLength = (x: bigint): number => x.toString(2).length;

/** Exact text that `parseRational` reads back: a decimal where there is a finite one, else `n/d`. */
export const formatRational = (a: Rational): string => {
  let rest = a.denominator;
  let [twos, fives] = [0, 0];
  for (; rest % 2n === 0n; rest /= 2n) twos++;
  for (; rest % 5n === 0n; rest /= 5n) fives++;
  if (rest !== 1n) return `${a.numerator}/${a.denominator}`;
  const places = Math.max(twos, fives);
  const scaled = (a.numerator * 10n ** BigInt(places)) / a.denominator;
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0');
  const point = digits.length - places;
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, point)}${places > 0 ? `.${digits.slice(point)}` : ''}`;
};
