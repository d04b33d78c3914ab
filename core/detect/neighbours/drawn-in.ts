/** Robust standard deviations beyond which a value counts by its logarithm: one column must not outweigh all others together. */
const FAR = 20;

/** A value as distances see it: beyond ±20 drawn in to 20 · (1 + ln(|z| / 20)), a missing one at the column's median, 0. */
export const drawnIn = (value: number): number => {
  if (value >= -FAR && value <= FAR) return value;
  return value === value ? Math.sign(value) * FAR * (1 + Math.log(Math.abs(value) / FAR)) : 0;
};
