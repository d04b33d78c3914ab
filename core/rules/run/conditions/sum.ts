import type { Condition } from '../../schema.ts';
import type { Mask } from '../compile-filter.ts';
import type { Field } from '../event-field.ts';
import { createMomentRings } from '../moment-rings.ts';
import { addFloats } from '../rows.ts';
import { compareSteps, highPart, lowPart, stepsOf, stepsOfThreshold } from '../steps.ts';
import type { ConditionState, Place } from './condition.ts';

/** `sum(column where F) >= x`, in whole steps. */
export const sumCondition = (
  { op, value, decimals }: Extract<Condition, { kind: 'sum' }>,
  where: Mask | null,
  field: Field,
  { span, memory, rows }: Place,
): ConditionState => {
  const threshold = stepsOfThreshold(value, decimals);
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
    add: (run) => {
      const bits = where?.() ?? null;
      const numbers = field.numbers();
      if (isSliding) rings.readAhead(run.slots, run.length);
      for (let i = 0; i < run.length; i++) {
        const at = run.places[i]!; // hot: places lie inside the chunk
        if (bits !== null && bits[at] === 0) continue;
        const steps = stepsOf(numbers[at]!, decimals);
        if (steps === 0) continue; // missing, or nothing
        const slot = run.slots[i]!;
        add(slot, steps, 1);
        if (!isSliding) continue;
        if (rings.isFull(slot)) expire(slot, run.times[i]!);
        rings.push(slot, run.times[i]!, steps);
      }
    },
    keep: (from, count, to) => {
      let kept = 0;
      for (let i = 0; i < count; i++) {
        const slot = from.slots[i]!;
        const at = from.times[i]!;
        if (isSliding) expire(slot, at);
        const place = (slot * rows.words) / 2 + sum;
        if (!compareSteps(rows.floats[place]!, rows.floats[place + 1]!, op, threshold)) continue;
        to.slots[kept] = slot;
        to.times[kept++] = at;
      }
      return kept;
    },
    close: rings.close,
    isLasting: false,
  };
};
