/**
 * A value as detectors see it: beyond ±bound drawn in to ±bound · (1 + ln(|value| / bound)), any other as it is, a
 * missing one too. Increasing, with a slope of 1 on both sides of the bound: the order of values stays, and one column
 * far out does not outweigh all others together.
 */
export const drawnIn = (value: number, bound: number): number => {
  if (value > bound) return bound * (1 + Math.log(value / bound));
  return value < -bound ? -bound * (1 + Math.log(-value / bound)) : value;
};

/** The value that `drawnIn` takes to this one. */
export const drawnOut = (value: number, bound: number): number => {
  if (value > bound) return bound * Math.exp(value / bound - 1);
  return value < -bound ? -bound * Math.exp(-value / bound - 1) : value;
};

/** Robust standard deviations beyond which distances count a value by its logarithm. */
export const FAR_FOR_DISTANCES = 20;
/** The same for where random cuts fall. */
export const FAR_FOR_CUTS = 5;
