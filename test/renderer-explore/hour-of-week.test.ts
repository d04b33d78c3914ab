import { expect, it } from 'vitest';
import { sumByHourOfWeek } from '../../renderer/worker/hour-of-week.ts';

const HOUR = 3_600_000;
const MONDAY = Date.UTC(2026, 2, 2);

it('sums counts by hour of the week, Monday first', () => {
  const week = 7 * 24 * HOUR;
  const times = [MONDAY, MONDAY + week, MONDAY + 25 * HOUR, MONDAY + 167 * HOUR + HOUR - 1, 0];
  const hours = sumByHourOfWeek(times, [1, 2, 4, 8, 16]);
  expect(hours).toHaveLength(168);
  expect(hours[0]).toBe(3);
  expect(hours[25]).toBe(4);
  expect(hours[167]).toBe(8);
  expect(hours[3 * 24]).toBe(16); // 1 January 1970 was a Thursday
  expect(hours.reduce((sum, n) => sum + n, 0)).toBe(31);
});

it('is all zeros for nothing', () => {
  expect(new Set(sumByHourOfWeek([], []))).toEqual(new Set([0]));
});
