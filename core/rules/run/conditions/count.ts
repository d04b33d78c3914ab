import type { Condition } from '../../schema.ts';
import { compare, countsUpTo } from '../compare.ts';
import type { Predicate } from '../compile-filter.ts';
import type { ConditionState, Place } from './condition.ts';
import { createCounts } from './counts.ts';

/** `count(where F) >= n`. */
export const countCondition = (
  { op, value }: Extract<Condition, { kind: 'count' }>,
  where: Predicate,
  place: Place,
): ConditionState => {
  const counts = createCounts(place, countsUpTo(op, value));
  return {
    open: counts.open,
    add: (slot, at) => {
      if (where()) counts.add(slot, at);
    },
    holds: (slot, at) => compare(counts.countOf(slot, at), op, value),
    close: counts.close,
  };
};
