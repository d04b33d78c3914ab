import { tailSumDetector } from '../ecod/index.ts';

/**
 * COPOD (Li et al. 2020, algorithm 1, by column as in PyOD): −ln of the tail probability on the side the column is skewed
 * to, or the mean of both sides where that is larger, summed.
 */
export const copod = tailSumDetector(
  {
    name: 'copod',
    sentence: 'Finds actors that are extreme in many features, on the side on which these have their long tail.',
  },
  (left, right, skew) => Math.max(skew < 0 ? left : skew > 0 ? right : left + right, (left + right) / 2),
);
