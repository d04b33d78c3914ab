import type { Loaded } from './loaded-rule.ts';
import type { Unseen } from './unseen.ts';

/** What became of the events that were looked at since a rule was loaded: looked = seen + all that are unseen. */
export type RuleCounts = {
  readonly rule: string;
  readonly looked: number;
  readonly seen: number;
  readonly unseen: Readonly<Unseen>;
  readonly hits: number;
  /** The moment (µs) from which its windows are whole; null: since the first event. */
  readonly wholeFrom: number | null;
};

export const countsOf = ({ rule, shared, hits, lookedBefore, wholeFrom }: Loaded, looked: number): RuleCounts => {
  const { seen, ...unseen } = shared.view.counts;
  const since = looked - lookedBefore;
  const told = seen + unseen.ungrouped + unseen.excluded + unseen.expired + unseen.before + unseen.refused;
  return { rule: rule.id, looked: since, seen, unseen: { ...unseen, filtered: since - told }, hits, wholeFrom };
};
