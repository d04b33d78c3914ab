import { toNumber } from '../../math/rational.ts';
import type { TruncatedNoise } from '../mechanisms/mechanism.ts';
import { massBetween } from './truncated-noise.ts';

/** The probability that a group with this count is shown: that count + noise lies above the bound. */
export const groupIsShown = ({ scale, bound }: TruncatedNoise, count: number): number => {
  const s = toNumber(scale);
  return massBetween(s, bound, bound + 1 - count, bound) / massBetween(s, bound, -bound, bound);
};
