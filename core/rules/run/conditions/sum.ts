import type { Condition } from '../../schema.ts';
import type { Predicate } from '../compile-filter.ts';
import type { Field } from '../event-reader.ts';
import { createMomentRings } from '../moment-rings.ts';
import { addFloats } from '../rows.ts';
import { compareSteps, highPart, lowPart, stepsOf } from '../steps.ts';
import type { ConditionState, Place } from './condition.ts';

/** `sum(column where F) >= x`, in whole steps. */
export const sumCondition = (
  { op, value, decimals }: Extract<Condition, { kind: 'sum' }>,
  where: Predicate | null,
  field: Field,
  { span, memory, rows }: Place,
): ConditionState => {
  const threshold = stepsOf(value, decimals);
  const rings = createMomentRings(memory, rows, true);
  /** The two parts of the sum. */
  const sum = addFloats(rows, 2);
  const isSliding = span !== Infinity;

  const add = (slot: number, steps: number, sign: 1 | -1): void => {
    const place = (slot * rows.words) / 2 + sum;
    rows.floats[place] = rows.floats[place]! + sign * highPart(steps); // hot: slots were opened
    rows.floats[place + 1] = rows.floats[place + 1]! + sign * lowPart(steps);
  };

  const expire = (slot: number, at: number): void => {
    while (rings.length(slot) > 0 && rings.oldest(slot) <= at - span) {
      add(slot, rings.oldestValue(slot), -1);
      rings.dropOldest(slot);
    }
  };

  return {
    open: (slot) => {
      rows.floats.fill(0, (slot * rows.words) / 2 + sum, (slot * rows.words) / 2 + sum + 2);
      rings.open(slot);
    },
    add: (slot, at) => {
      if (where !== null && !where()) return;
      const steps = stepsOf(field.number(), decimals);
      if (steps === 0) return; // missing, or nothing
      add(slot, steps, 1);
      if (!isSliding) return;
      if (rings.isFull(slot)) expire(slot, at);
      rings.push(slot, at, steps);
    },
    holds: (slot, at) => {
      if (isSliding) expire(slot, at);
      const place = (slot * rows.words) / 2 + sum;
      return compareSteps(rows.floats[place]!, rows.floats[place + 1]!, op, threshold);
    },
    close: rings.close,
  };
};
