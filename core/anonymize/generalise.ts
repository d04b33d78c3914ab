const MINUTE_US = 60e6;
const STEPS_US = { minute: MINUTE_US, hour: 60 * MINUTE_US, day: 1440 * MINUTE_US } as const;

/** Start of the minute, hour or day (UTC) of a time in microseconds. */
export const truncateTime = (micros: number, to: keyof typeof STEPS_US): number =>
  Math.floor(micros / STEPS_US[to]) * STEPS_US[to];

/** Lower edge of the bin of `width` that holds the value. */
export const binNumber = (value: number, width: number): number => Math.floor(value / width) * width;
