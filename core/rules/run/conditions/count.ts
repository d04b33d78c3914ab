import type { Condition } from '../../schema.ts';
import type { Mask } from '../compile-filter.ts';
import type { ConditionState, Place } from './condition.ts';
import { createCounts } from './counts.ts';

/** `count(where F) >= n`. */
export const countCondition = (
  { op, value }: Extract<Condition, { kind: 'count' }>,
  where: Mask | null,
  place: Place,
): ConditionState => createCounts(place, op, value, () => where?.() ?? null);
