import type { Condition } from '../../schema.ts';
import type { Predicate } from '../compile-filter.ts';
import type { ConditionState, Place } from './condition.ts';
import { createCounts } from './counts.ts';

/** `count(where F) >= n`. */
export const countCondition = (
  { op, value }: Extract<Condition, { kind: 'count' }>,
  where: Predicate | null,
  place: Place,
): ConditionState => {
  const counts = createCounts(place, op, value);
  return {
    ...counts,
    add: (slot, at) => {
      if (where === null || where()) counts.add(slot, at);
    },
  };
};
