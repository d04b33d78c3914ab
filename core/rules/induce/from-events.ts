import { NightjarError } from '../../api/errors.ts';
import { f1Of, shareOf } from '../backtest/measured.ts';
import { ACTOR } from '../backtest/rule-hits.ts';
import { DEFAULT_K } from '../leak/evidence.ts';
import type { Condition, EventBatch, EventFilter, EventRule, Window } from '../schema.ts';
import { caughtEvents } from './caught-events.ts';
import { fMeasure } from './worth.ts';
import type { InduceNote, Scores } from './types.ts';
import { bestValueSet, type Kept, type Pool } from './value-sets.ts';
import { windowedRules } from './windowed-rules.ts';

/** Filters that a rule holds at most, and the share of F that another must add. */
const MOST_FILTERS = 3;
const WORTHWHILE = 0.005;

export type InduceEventsInput = {
  /** The events that are to be caught: of one technique, of a selection. */
  readonly positive: readonly EventBatch[];
  /** All others. */
  readonly other: readonly EventBatch[];
  /** Fewest actors that a value the rule names is shown by. Default 10. */
  readonly k?: number;
  /** Weight of recall against precision. Default 0.8. */
  readonly beta?: number;
  readonly intent?: string;
  readonly author?: string;
};

export type InducedFromEvents = {
  /** Null where no value of these events is shown by enough actors. */
  readonly rule: EventRule | null;
  /** Of events, in sample: there is no other log to hold it against. */
  readonly events: Scores | null;
  readonly notes: readonly InduceNote[];
};

/**
 * A rule that catches some events and few others: the actions, then other values of behaviour, that tell them apart, as a filter
 * on single events; where that also meets other events, and a count, a number of different things or an
 * order of actions in a window of time tells them apart better, that. What is counted is what the engine says. The same input
 * gives the same rule. Errors: `input` without events to catch.
 */
export const induceFromEvents = (input: InduceEventsInput): InducedFromEvents => {
  const { k = DEFAULT_K, beta = 0.8 } = input;
  const pool: Pool = {
    batches: [...input.positive, ...input.other],
    isPositive: [...input.positive.map(() => true), ...input.other.map(() => false)],
  };
  const positives = input.positive.reduce((sum, { length }) => sum + length, 0);
  if (positives === 0) {
    throw new NightjarError('input', 'There are no events to make a rule of.', { next: 'Select some events first.' });
  }
  const { filters, kept } = chooseFilters(pool, positives, k, beta);
  if (filters.length === 0) return { rule: null, events: null, notes: [NO_SUPPORT] };
  const where: EventFilter = filters.length === 1 && filters[0] !== undefined ? filters[0] : { all: filters };
  const ruleOf = (place: number, window: Window, when: readonly Condition[]): EventRule => ({
    id: `induced_${place}`,
    title: titleOf(filters, window),
    intent: input.intent ?? '',
    author: input.author ?? '',
    severity: 'medium',
    effect: { kind: 'review' },
    expires: null,
    falsePositives: [],
    over: 'events',
    groupBy: [ACTOR],
    where,
    window,
    when,
    exclusions: [],
  });
  const single = ruleOf(1, { kind: 'event' }, [{ kind: 'count', where: null, op: '>=', value: 1 }]);
  const hasOthers = kept.some((flags, b) => pool.isPositive[b] === false && flags.includes(1));
  const windowed = hasOthers
    ? windowedRules(pool, kept, k).map(({ window, when }, i) =>
        ruleOf(i + 2, { kind: 'sliding', length: window }, when),
      )
    : [];
  const candidates = [single, ...windowed];
  const caught = caughtEvents(candidates, input.positive, (b, i) => kept[b]?.[i] === 1);
  const first = input.positive.length;
  const wrongly = caughtEvents(candidates, input.other, (b, i) => kept[first + b]?.[i] === 1);
  const worth = candidates.map((_, i) => fMeasure(caught[i] ?? 0, wrongly[i] ?? 0, positives, beta));
  // A window costs what a filter does.
  const best = worth.reduce((top, f, i) => (f > (worth[top] ?? 0) + (top === 0 ? WORTHWHILE : 0) ? i : top), 0);
  const [tp, fp] = [caught[best] ?? 0, wrongly[best] ?? 0];
  const rule = candidates[best];
  if (rule === undefined || tp === 0) return { rule: null, events: null, notes: [NO_SUPPORT] };
  return {
    rule: { ...rule, id: 'induced_1' },
    events: {
      truePositives: tp,
      falsePositives: fp,
      falseNegatives: positives - tp,
      precision: shareOf(tp, tp + fp),
      recall: shareOf(tp, positives),
      f1: f1Of(tp, fp, positives - tp),
    },
    notes: [],
  };
};

const NO_SUPPORT: InduceNote = {
  code: 'no-support',
  message: 'No value of these events is shown by enough actors to be named in a rule.',
};

/** Filters one after the other, as long as each tells the events apart better. */
const chooseFilters = (
  pool: Pool,
  positives: number,
  k: number,
  beta: number,
): { readonly filters: readonly EventFilter[]; readonly kept: Kept } => {
  let kept: Kept = pool.batches.map(({ length }) => new Uint8Array(length).fill(1));
  const filters: EventFilter[] = [];
  let f = 0;
  while (filters.length < MOST_FILTERS) {
    const next = bestValueSet(pool, kept, positives, k, beta);
    if (next === undefined || next.f <= f + WORTHWHILE) break;
    filters.push(next.filter);
    ({ kept, f } = next);
  }
  return { filters, kept };
};

/** Such as `By action and outcome, in any 10m`. */
const titleOf = (filters: readonly EventFilter[], window: Window): string => {
  const columns = filters.flatMap((filter) => ('column' in filter ? [filter.column.replaceAll('_', ' ')] : []));
  const over = window.kind === 'event' ? '' : `, in any ${window.length}`;
  return `By ${[...new Set(columns)].join(' and ')}${over}`;
};
