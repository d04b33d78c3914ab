import { inRange, MICROS_PER_DAY } from './civil.ts';

const INTEGER_AND_FRACTION = /^\s*([+-]?)(\d+)(?:\.(\d*))?\s*$/;

/** Powers of ten of one unit in microseconds. */
export type EpochUnit = 's' | 'ms' | 'us' | 'ns';
const MICRO_DIGITS: Readonly<Record<EpochUnit, number>> = { s: 6, ms: 3, us: 0, ns: -3 };

/**
 * Microseconds since 1970-01-01 of a decimal count of seconds, milliseconds, microseconds or nanoseconds, or NaN.
 * Digits are moved, not multiplied, so no rounding happens above a microsecond; what lies below one is cut towards zero.
 */
export const parseEpoch = (text: string, unit: EpochUnit): number => {
  const match = INTEGER_AND_FRACTION.exec(text);
  if (match === null) return parseExponent(text, unit);
  const whole = match[2] ?? '';
  const fraction = match[3] ?? '';
  const digits = MICRO_DIGITS[unit];
  const micros = digits >= 0 ? whole + fraction.slice(0, digits).padEnd(digits, '0') : whole.slice(0, digits) || '0';
  if (micros.length > 22) return Number.NaN;
  return inRange(match[1] === '-' ? 0 - Number(micros) : Number(micros));
};

/** Numbers written with an exponent, as some JSON writers do for large ones; exact to a double's 53 bits. */
const parseExponent = (text: string, unit: EpochUnit): number =>
  /^\s*[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,3}\s*$/.test(text)
    ? inRange(Math.round(Number(text) * 10 ** MICRO_DIGITS[unit]))
    : Number.NaN;

/** Microseconds of a step counted in days from 1970-01-01, whole or with a fraction, or NaN. */
export const parseDayStep = (text: string): number =>
  INTEGER_AND_FRACTION.test(text) ? inRange(Math.round(Number(text) * MICROS_PER_DAY)) : Number.NaN;
