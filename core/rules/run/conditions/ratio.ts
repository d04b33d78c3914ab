import type { Condition } from '../../schema.ts';
import { compare } from '../compare.ts';
import type { Mask } from '../compile-filter.ts';
import { createMomentRings } from '../moment-rings.ts';
import { addFloats } from '../rows.ts';
import type { ConditionState, Place } from './condition.ts';

/** `share(where F among G) >= x`: the quotient of the two counts as an IEEE double. */
export const ratioCondition = (
  { op, value }: Extract<Condition, { kind: 'ratio' }>,
  of: Mask,
  among: Mask | null,
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

  const take = (slot: number, at: number, isOf: number): void => {
    change(slot, isOf, 1);
    if (!isSliding) return;
    if (rings.isFull(slot)) expire(slot, at);
    rings.push(slot, at, isOf);
  };

  return {
    open: (slot) => {
      rows.floats.fill(0, (slot * rows.words) / 2 + counts, (slot * rows.words) / 2 + counts + 2);
      rings.open(slot);
    },
    add: (run) => {
      const counted = of();
      const bits = among?.() ?? null;
      if (isSliding) rings.readAhead(run.slots, run.length);
      for (let i = 0; i < run.length; i++) {
        const at = run.places[i]!; // hot: places lie inside the chunk
        if (bits !== null && bits[at] === 0) continue;
        take(run.slots[i]!, run.times[i]!, counted[at]!);
      }
    },
    deferred: {
      // −1: not of those among which is counted.
      read: (run, to) => {
        const counted = of();
        const bits = among?.() ?? null;
        for (let i = 0; i < run.length; i++) {
          const at = run.places[i]!;
          to[i] = bits === null || bits[at] === 1 ? counted[at]! : -1;
        }
      },
      take: (slot, times, told, first, count) => {
        for (let i = first + count - 1; i >= first; i--) if (told[i]! >= 0) take(slot, times[i]!, told[i]!);
      },
    },
    keep: (from, count, to) => {
      let kept = 0;
      for (let i = 0; i < count; i++) {
        const slot = from.slots[i]!;
        const at = from.times[i]!;
        if (isSliding) expire(slot, at);
        const place = (slot * rows.words) / 2 + counts;
        // 0 / 0 compares with nothing: without any events among which to count it does not hold.
        if (!compare(rows.floats[place]! / rows.floats[place + 1]!, op, value)) continue;
        to.slots[kept] = slot;
        to.times[kept++] = at;
      }
      return kept;
    },
    close: rings.close,
    isLasting: false,
  };
};
