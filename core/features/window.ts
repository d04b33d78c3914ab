import { NightjarError } from '../api/errors.ts';

const UNIT_US: Readonly<Record<string, number>> = {
  minute: 60_000_000,
  hour: 3_600_000_000,
  day: 86_400_000_000,
  week: 604_800_000_000,
};

/** Windows start at multiples of their width counted from Monday 1970-01-05, so that weeks start on Mondays. */
const ORIGIN_US = 345_600_000_000;

/** Width in microseconds of a window such as `1 hour` or `15 minutes`. Throws `usage`. */
export const parseWindow = (text: string): number => {
  const [, count, unit] = /^\s*(\d{1,4})\s+(minute|hour|day|week)s?\s*$/.exec(text) ?? [];
  const width = Number(count ?? 0) * (UNIT_US[unit ?? ''] ?? 0);
  if (width > 0) return width;
  throw new NightjarError('usage', 'The window is not a length of time.', {
    where: 'window',
    next: 'Write a number and minutes, hours, days or weeks, such as "1 hour".',
  });
};

/** SQL for the start, in epoch microseconds, of the window that holds `us`; exact for times up to the year 2255. */
export const windowStartSql = (us: string, width: number): string =>
  `CAST(floor((${us} - ${ORIGIN_US}) / CAST(${width} AS DOUBLE)) AS BIGINT) * ${width} + ${ORIGIN_US}`;
