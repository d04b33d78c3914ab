const DAY_MICROS = 86_400e6;

/** UTC day of a time in µs, in days since 1970. */
export const dayOf = (micros: number): number => Math.floor(micros / DAY_MICROS);

/** Start of such a day in µs since 1970. */
export const startOfDay = (day: number): number => day * DAY_MICROS;

/** The Monday of its week: day 0 was a Thursday. */
export const mondayOf = (day: number): number => day - ((((day + 3) % 7) + 7) % 7);

/** `YYYY-MM-DD` */
export const dayName = (day: number): string => new Date(day * 86_400e3).toISOString().slice(0, 10);
