const HOUR_US = 3_600_000_000;

/** Widths of time bins. */
export const TIME_WIDTH_US = { hour: HOUR_US, day: 24 * HOUR_US, week: 168 * HOUR_US } as const;

/** The beginning of a time bin, as the text that names it. */
export const timeLabel = (us: number): string => new Date(us / 1000).toISOString().replace('.000Z', 'Z');
