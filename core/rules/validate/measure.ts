import type { Condition, Rule, Vocabulary } from '../schema.ts';
import { ALL, atLeast, between, rangeOf, wholeOnly, type Range } from './range.ts';

/** What a condition compares, the values it can have, and those for which the condition holds. */
export type Measure = {
  readonly condition: Exclude<Condition, { readonly kind: 'sequence' }>;
  /** Equal for conditions that compare the same thing. */
  readonly key: string;
  readonly possible: Range;
  readonly held: Range;
};

/** Undefined for a sequence, which compares nothing. Sums are in steps. */
export const measureOf = (condition: Condition, rule: Rule, vocabulary: Partial<Vocabulary>): Measure | undefined => {
  if (condition.kind === 'sequence') return undefined;
  const { op, value, ...compared } = condition;
  const steps = condition.kind === 'sum' ? 10 ** condition.decimals : 1;
  const held = rangeOf(op, condition.kind === 'sum' ? Math.floor(value * steps + 0.5) : value);
  return {
    condition,
    key: JSON.stringify(compared),
    possible: possible(condition, rule, vocabulary),
    held: isWhole(condition) ? wholeOnly(held) : held,
  };
};

/** Counts, and sums of steps, are whole numbers. */
export const isWhole = ({ kind }: Condition): boolean =>
  kind === 'count' || kind === 'distinct' || kind === 'firstSeen' || kind === 'sum';

/**
 * The values of one condition that another leaves, knowing that counts contain each other; undefined where it says nothing
 * of them.
 */
export const leftBy = (of: Measure, by: Measure): Range | undefined => {
  if (of.key === by.key) return by.held;
  if (isAtMost(by.condition, of.condition)) return { ...ALL, low: by.held.low, lowIsOut: by.held.lowIsOut };
  if (isAtMost(of.condition, by.condition)) return { ...ALL, high: by.held.high, highIsOut: by.held.highIsOut };
  return undefined;
};

/** Whether the first count can never be above the second, in any window. */
const isAtMost = (a: Condition, b: Condition): boolean => {
  const isCounted = a.kind === 'count' || a.kind === 'distinct' || a.kind === 'firstSeen';
  if (!isCounted) return false;
  const isNarrower = 'where' in b && (b.where === null || JSON.stringify(b.where) === JSON.stringify(a.where));
  if (b.kind === 'count') return isNarrower;
  return b.kind === 'distinct' && a.kind === 'distinct' && a.column === b.column && isNarrower;
};

const possible = (condition: Measure['condition'], rule: Rule, { features }: Partial<Vocabulary>): Range => {
  switch (condition.kind) {
    case 'count': // a window is looked at only where the rule sees an event in it
      return atLeast(condition.where === null ? 1 : 0);
    case 'distinct': {
      const isGrouped = rule.over === 'events' && rule.groupBy.includes(condition.column);
      if (!isGrouped) return atLeast(0);
      return between(condition.where === null ? 1 : 0, 1);
    }
    case 'firstSeen':
      return atLeast(0);
    case 'sum':
      return ALL;
    case 'ratio':
      return between(0, 1);
    case 'percentile': // of n actors with a value, at most n − 1 have a lower one
      return { ...between(0, 100), highIsOut: true };
    case 'feature': {
      const unit = features?.find(({ name }) => name === condition.feature)?.unit;
      return unit === 'share' ? between(0, 1) : ALL;
    }
  }
};
