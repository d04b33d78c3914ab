import type { Condition } from '../../schema.ts';
import { compare } from '../compare.ts';
import type { Predicate } from '../compile-filter.ts';
import { createMomentRings } from '../moment-rings.ts';
import { addFloats } from '../rows.ts';
import type { ConditionState, Place } from './condition.ts';

/** `share(where F among G) >= x`: the quotient of the two counts as an IEEE double. */
export const ratioCondition = (
  { op, value }: Extract<Condition, { kind: 'ratio' }>,
  of: Predicate,
  among: Predicate | null,
  { span, memory, rows }: Place,
): ConditionState => {
  /** Moments of events among which is counted, each with 1 where it is of those counted. */
  const rings = createMomentRings(memory, rows, true);
  /** The events counted, and those among which they are. */
  const counts = addFloats(rows, 2);
  const isSliding = span !== Infinity;

  const change = (slot: number, isOf: number, by: 1 | -1): void => {
    const place = (slot * rows.words) / 2 + counts;
    rows.floats[place] = rows.floats[place]! + by * isOf; // hot: slots were opened
    rows.floats[place + 1] = rows.floats[place + 1]! + by;
  };

  const expire = (slot: number, at: number): void => {
    while (rings.length(slot) > 0 && rings.oldest(slot) <= at - span) {
      change(slot, rings.oldestValue(slot), -1);
      rings.dropOldest(slot);
    }
  };

  return {
    open: (slot) => {
      rows.floats.fill(0, (slot * rows.words) / 2 + counts, (slot * rows.words) / 2 + counts + 2);
      rings.open(slot);
    },
    add: (slot, at) => {
      if (among !== null && !among()) return;
      const isOf = of() ? 1 : 0;
      change(slot, isOf, 1);
      if (!isSliding) return;
      if (rings.isFull(slot)) expire(slot, at);
      rings.push(slot, at, isOf);
    },
    holds: (slot, at) => {
      if (isSliding) expire(slot, at);
      const place = (slot * rows.words) / 2 + counts;
      // 0 / 0 compares with nothing: without any events among which to count it does not hold.
      return compare(rows.floats[place]! / rows.floats[place + 1]!, op, value);
    },
    close: rings.close,
  };
};
