import { dayMicros } from '../../duration.ts';

/** Whether a time in µs lies before the start of a day that was validated. */
export const isBefore = (us: string, day: string): string => {
  const start = dayMicros(day);
  if (start === undefined) throw new TypeError(`not a day: ${day}`);
  return `${us} < ${start}`;
};
