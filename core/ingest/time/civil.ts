export const MICROS_PER_SECOND = 1e6;
export const SECONDS_PER_DAY = 86_400;
export const MICROS_PER_DAY = SECONDS_PER_DAY * MICROS_PER_SECOND;

/** Instants of these years are read: their microseconds are exact in a double, |µs| < 2^53 holds from 1684 to 2255. */
const FIRST_YEAR = 1700;
const LAST_YEAR = 2250;

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days from 1970-01-01 to a proleptic Gregorian date; month 1 to 12 (Hinnant 2014, `days_from_civil`). */
const daysFromCivil = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/**
 * Microseconds since 1970-01-01 of a wall clock read as UTC, or NaN when there is no such date or time, or the year is
 * outside 1699 to 2251: a wall clock may lie a day beside the instant it names, see `inRange`. 24:00:00 is the next midnight, second 60 the next second.
 */
export const microsOfCivil = (
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  micros: number,
): number => {
  if (!(year >= FIRST_YEAR - 1 && year <= LAST_YEAR + 1 && month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  const days = month === 2 && isLeap(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
  if (!(day <= days && hour <= 24 && minute <= 59 && second <= 60)) return Number.NaN;
  if (hour === 24 && (minute !== 0 || second !== 0 || micros !== 0)) return Number.NaN;
  const seconds = daysFromCivil(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
  return seconds * MICROS_PER_SECOND + (second === 60 ? 0 : micros);
};

const FIRST_MICROS = microsOfCivil(FIRST_YEAR, 1, 1, 0, 0, 0, 0);
const LAST_MICROS = microsOfCivil(LAST_YEAR, 12, 31, 23, 59, 59, 999_999);

/** The value itself within the years 1700 to 2250, else NaN. */
export const inRange = (micros: number): number =>
  micros >= FIRST_MICROS && micros <= LAST_MICROS ? micros : Number.NaN;
