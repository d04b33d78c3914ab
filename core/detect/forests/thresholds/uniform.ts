import type { ThresholdRule } from './rule.ts';

/** A threshold uniform between the extremes (Liu, Ting & Zhou 2008, algorithm 2). */
export const uniformThreshold: ThresholdRule = (values, random) => {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const drawn = Math.fround(low + random.float() * (high - low));
  return { at: drawn >= low && drawn < high ? drawn : low, gain: 0 };
};
