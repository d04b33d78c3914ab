import { op, table } from 'arquero';

/** Counts summed by hour of the week, Monday 00:00 UTC first: 168 sums. Times: milliseconds since 1970. */
export const sumByHourOfWeek = (times: readonly number[], counts: readonly number[]): number[] => {
  const hours = Array.from({ length: 168 }, () => 0);
  const sums = table({ at: times, events: counts })
    .derive({ hour: (row: { at: number }) => (op.floor(row.at / 3_600_000) + 72) % 168 }) // 1 January 1970 was a Thursday
    .groupby('hour')
    .rollup({ events: (row: { events: number }) => op.sum(row.events) });
  for (const row of sums.objects()) hours[Number(Reflect.get(row, 'hour'))] = Number(Reflect.get(row, 'events'));
  return hours;
};
