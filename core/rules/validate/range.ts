import type { Comparison } from '../schema.ts';

/** Numbers between two ends, each of them in or out. */
export type Range = {
  readonly low: number;
  readonly lowIsOut: boolean;
  readonly high: number;
  readonly highIsOut: boolean;
};

export const ALL: Range = { low: -Infinity, lowIsOut: true, high: Infinity, highIsOut: true };

export const between = (low: number, high: number): Range => ({ low, lowIsOut: false, high, highIsOut: false });

export const atLeast = (low: number): Range => ({ ...ALL, low, lowIsOut: false });

/** The numbers for which a comparison holds. */
export const rangeOf = (op: Comparison, value: number): Range => {
  switch (op) {
    case '=':
      return between(value, value);
    case '>':
    case '>=':
      return { ...ALL, low: value, lowIsOut: op === '>' };
    case '<':
    case '<=':
      return { ...ALL, high: value, highIsOut: op === '<' };
  }
};

export const intersected = (a: Range, b: Range): Range => {
  const isLowA = a.low > b.low || (a.low === b.low && a.lowIsOut);
  const isHighA = a.high < b.high || (a.high === b.high && a.highIsOut);
  const [lower, upper] = [isLowA ? a : b, isHighA ? a : b];
  return { low: lower.low, lowIsOut: lower.lowIsOut, high: upper.high, highIsOut: upper.highIsOut };
};

export const isEmpty = ({ low, lowIsOut, high, highIsOut }: Range): boolean =>
  low > high || (low === high && (lowIsOut || highIsOut));

/** Whether the outer range holds all that the inner one does. */
export const holds = (outer: Range, inner: Range): boolean => {
  if (isEmpty(inner)) return true;
  const both = intersected(outer, inner);
  return (
    both.low === inner.low &&
    both.lowIsOut === inner.lowIsOut &&
    both.high === inner.high &&
    both.highIsOut === inner.highIsOut
  );
};

/** The same whole numbers, with ends that are whole and in. */
export const wholeOnly = ({ low, lowIsOut, high, highIsOut }: Range): Range => {
  const first = Math.ceil(low);
  const last = Math.floor(high);
  return {
    low: lowIsOut && first === low ? first + 1 : first,
    lowIsOut: !Number.isFinite(low),
    high: highIsOut && last === high ? last - 1 : last,
    highIsOut: !Number.isFinite(high),
  };
};
