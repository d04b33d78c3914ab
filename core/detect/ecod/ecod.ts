import { tailSumDetector } from './tail-sum.ts';

/**
 * ECOD (Li et al. 2022): per column −ln of the smaller tail probability, summed. As in PyOD the larger of the two tails
 * is taken per column; the paper sums each side first and takes the largest of three sums.
 */
export const ecod = tailSumDetector(
  { name: 'ecod', sentence: 'Finds actors that are extreme, up or down, in many features at once.' },
  (left, right) => Math.max(left, right),
);
