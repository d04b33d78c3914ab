import type { Duration } from './schema.ts';

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
const DURATION = /^([1-9]\d{0,8})([smhd])$/;

/** Most days a window or a lookback may span. */
const LONGEST_DAYS = 366;

/** Microseconds of a duration; undefined when it is none, or too long. */
export const durationMicros = (duration: Duration): number | undefined => {
  const match = DURATION.exec(duration);
  if (match === null) return undefined;
  const unit = match[2] as keyof typeof SECONDS; // the pattern allows only these
  const seconds = Number(match[1]) * SECONDS[unit];
  return seconds <= LONGEST_DAYS * SECONDS.d ? seconds * 1e6 : undefined;
};

/** Microseconds of a duration that was validated. */
export const microsOf = (duration: Duration): number => {
  const micros = durationMicros(duration);
  if (micros === undefined) throw new TypeError(`not a duration: ${duration}`);
  return micros;
};

/** Start of a day `YYYY-MM-DD` (UTC) in µs since 1970; undefined when there is no such day. */
export const dayMicros = (day: string): number | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(day) ? ms * 1000 : undefined;
};
