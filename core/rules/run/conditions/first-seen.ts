import type { Condition } from '../../schema.ts';
import type { Predicate } from '../compile-filter.ts';
import type { ConditionState, Place } from './condition.ts';
import { createCounts } from './counts.ts';
import type { History } from './history.ts';

/** `first_seen(column in 30 days where F) >= n`. The view shows the history every event before it comes here. */
export const firstSeenCondition = (
  { op, value }: Extract<Condition, { kind: 'firstSeen' }>,
  where: Predicate | null,
  history: History,
  place: Place,
): ConditionState => {
  const counts = createCounts(place, op, value);
  return {
    ...counts,
    add: (slot, at) => {
      if (history.isFirst() && (where === null || where())) counts.add(slot, at);
    },
  };
};
