import type { Mask } from '../compile-filter.ts';
import { addFloats, addWord } from '../rows.ts';
import type { ConditionState, Place } from './condition.ts';

/**
 * `sequence(F then G then H)`: of each step the latest start of a chain of moments, strictly rising, that ends with it. A
 * chain that starts later lies in every window in which one that starts earlier does, so the latest start tells all.
 * In a sliding window the last step must be at the present moment; where windows are emptied as a whole it may be anywhere.
 */
export const sequenceCondition = (steps: readonly Mask[], { span, rows }: Place): ConditionState => {
  const width = steps.length;
  const isSliding = span !== Infinity;
  /** The latest start of each step's chain; −Infinity: none yet. */
  const starts = addFloats(rows, width);
  /** The steps that events of the present moment meet, as bits. */
  const met = addWord(rows);

  const settle = (slot: number, at: number): void => {
    const { floats, ints, words } = rows;
    const bits = ints[slot * words + met]!; // hot: slots were opened, here and below
    ints[slot * words + met] = 0;
    const first = (slot * words) / 2 + starts;
    // From the last step on, so that each one builds on what was there before this moment.
    for (let step = width - 1; step > 0; step--) {
      const isMet = (bits & (1 << step)) !== 0;
      if (isMet) floats[first + step] = Math.max(floats[first + step]!, floats[first + step - 1]!);
      // What a chain of the last step holds is of this moment only.
      else if (isSliding && step === width - 1) floats[first + step] = -Infinity;
    }
    if ((bits & 1) !== 0) floats[first] = at;
  };

  return {
    open: (slot) => {
      const first = (slot * rows.words) / 2 + starts;
      rows.floats.fill(-Infinity, first, first + width);
      rows.ints[slot * rows.words + met] = 0;
    },
    add: (run) => {
      for (let step = 0; step < width; step++) {
        const bits = steps[step]!();
        for (let i = 0; i < run.length; i++) {
          if (bits[run.places[i]!] === 0) continue;
          const place = run.slots[i]! * rows.words + met;
          rows.ints[place] = rows.ints[place]! | (1 << step);
        }
      }
    },
    settle: (moments, count) => {
      for (let i = 0; i < count; i++) settle(moments.slots[i]!, moments.times[i]!);
    },
    keep: (from, count, to) => {
      let kept = 0;
      for (let i = 0; i < count; i++) {
        const slot = from.slots[i]!;
        const at = from.times[i]!;
        const start = rows.floats[(slot * rows.words) / 2 + starts + width - 1]!;
        if (start <= (isSliding ? at - span : -Infinity)) continue;
        to.slots[kept] = slot;
        to.times[kept++] = at;
      }
      return kept;
    },
    close: () => undefined,
    isLasting: true,
  };
};
