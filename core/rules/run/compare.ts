import type { Comparison } from '../schema.ts';

/** Whether a number stands to the threshold as the comparison says. */
export const compare = (left: number, op: Comparison, right: number): boolean => {
  switch (op) {
    case '>=':
      return left >= right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '<':
      return left < right;
    case '=':
      return left === right;
  }
};

/**
 * Things that need to be counted at most before the comparison of their number with a threshold is settled: with n of them
 * or more it says the same as with n.
 */
export const countsUpTo = (op: Comparison, value: number): number =>
  Math.max(1, op === '>=' || op === '<' ? Math.ceil(value) : Math.floor(value) + 1);
