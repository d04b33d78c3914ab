import { histogram, type Quantiles } from './distributions.ts';

/** Monday, 3 November 2025, 00:00 UTC. */
export const START_MS = Date.UTC(2025, 10, 3);

export type DayKind = 'weekday' | 'weekend' | 'holiday';

/** What kind of day it is; days 10, 11 and 24 of every four weeks are invented public holidays. */
export const dayKind = (day: number): DayKind => {
  const inCycle = day % 28;
  if (inCycle === 10 || inCycle === 11 || inCycle === 24) return 'holiday';
  return day % 7 >= 5 ? 'weekend' : 'weekday';
};

/** Share of the log's events that fall on each day, summed up to and including it; the last is 1. */
export const cumulativeDayShares = (days: number): Float64Array => {
  const busy = { weekday: 1, weekend: 1.12, holiday: 0.74 };
  const sums = new Float64Array(days);
  let total = 0;
  for (let day = 0; day < days; day++) {
    // A slow rise of 0.4 % a day: the platform grows.
    total += busy[dayKind(day)] * (1 + 0.004 * day);
    sums[day] = total;
  }
  return sums.map((sum) => sum / total);
};

/** Minute of the local day at which a session starts. */
export const SESSION_START: Readonly<Record<DayKind, Quantiles>> = {
  weekday: histogram([5, 2.5, 1.4, 0.9, 0.8, 1.4, 4, 8, 9, 8, 8, 9, 12, 10, 8, 8, 9, 11, 13, 16, 19, 20, 16, 10], 60),
  weekend: histogram(
    [9, 6, 3.5, 2, 1.1, 0.9, 1.5, 3, 6, 10, 13, 14, 14, 13, 13, 13, 13, 13, 14, 15, 17, 17, 15, 12],
    60,
  ),
  holiday: histogram([10, 7, 4, 2.2, 1.2, 0.9, 1.2, 2, 4, 8, 12, 14, 10, 8, 9, 12, 13, 12, 10, 11, 16, 19, 18, 14], 60),
};
