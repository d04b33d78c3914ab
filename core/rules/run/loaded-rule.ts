import type { EventRule } from '../schema.ts';
import type { WindowCondition } from './compile-condition.ts';
import type { ConditionState } from './conditions/condition.ts';
import type { Frame, Look } from './frame.ts';
import type { Grouping } from './grouping.ts';
import type { FoundHit } from './hits.ts';
import { reserveMoments, type Moments } from './run.ts';
import type { View } from './view.ts';

/** A rule that runs. */
export type Loaded = {
  readonly rule: EventRule;
  /** Its place among the rules. */
  place: number;
  /** What decides over its hits, as text. */
  readonly meaning: string;
  readonly shared: Shared;
  readonly frame: Frame;
  readonly conditions: readonly ConditionState[];
  /** Those that hold until the end of a window, once they hold in it. */
  readonly lasting: readonly ConditionState[];
  /** The actors whose features meet its conditions; null where it has none. */
  readonly actors: ReadonlySet<string> | null;
  readonly lookedBefore: number;
  readonly wholeFrom: number | null;
  hits: number;
};

/** A view with the rules that share it. */
export type Shared = {
  readonly view: View;
  readonly grouping: Grouping;
  readonly first: EventRule;
  rules: readonly Loaded[];
  readonly byFrame: Map<Frame, { rules: readonly Loaded[] }>;
};

/** A hit that was found and is not told yet. */
export type Found = FoundHit & { readonly loaded: Loaded };

/** What the rules of a view want of its frames: adds what hits to `found`. */
export const lookAt =
  (
    shared: Shared,
    found: Found[],
    /** For slots for which those conditions of a rule hold that were looked at. */
    left: Moments,
  ) =>
  (frame: Frame): Look => {
    const own: { rules: readonly Loaded[] } = { rules: [] };
    shared.byFrame.set(frame, own);
    const isWindow = frame.kind === 'tumbling';
    return {
      look: (moments, count) => {
        reserveMoments(left, count);
        for (const loadedRule of own.rules) {
          const { rule, place, actors } = loadedRule;
          const kept = keepThose(loadedRule.conditions, moments, count, left);
          for (let i = 0; i < kept; i++) {
            const at = left.times[i]!; // hot: below the count
            const group = shared.grouping.textsOf(frame.groupOf(left.slots[i]!));
            if (actors?.has(group[rule.groupBy.indexOf('actor_id')] ?? '') === false) continue;
            found.push({
              loaded: loadedRule,
              rule,
              place,
              group,
              at,
              over: at + (isWindow ? frame.length : 0),
              isWindow,
            });
          }
        }
      },
      note: (moments, count, to) => {
        let noted = 0;
        for (const { lasting } of own.rules) {
          reserveMoments(left, count);
          const kept = keepThose(lasting, moments, count, left);
          reserveMoments(to, noted + kept);
          to.slots.set(left.slots.subarray(0, kept), noted);
          noted += kept;
        }
        return noted;
      },
    };
  };

/** The cheapest first: mostly the first that does not hold is the only one looked at. */
export const byCost = (conditions: readonly WindowCondition[]): readonly WindowCondition[] =>
  conditions.toSorted((a, b) => COSTS.indexOf(a.kind) - COSTS.indexOf(b.kind));
const COSTS: readonly WindowCondition['kind'][] = ['sequence', 'count', 'firstSeen', 'distinct', 'sum', 'ratio'];

/** Those of some slots at their moments for which all conditions hold, written into `left`; how many. */
const keepThose = (conditions: readonly ConditionState[], moments: Moments, count: number, left: Moments): number => {
  let kept = count;
  let from = moments;
  for (const condition of conditions) {
    kept = condition.keep(from, kept, left);
    if (kept === 0) return 0;
    from = left;
  }
  if (from === left) return kept;
  left.slots.set(moments.slots.subarray(0, count));
  left.times.set(moments.times.subarray(0, count));
  return count;
};
