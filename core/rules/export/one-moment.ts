import type { Condition, EventFilter, EventRule } from '../schema.ts';
import { conjunction } from './filters.ts';

/** What one event must meet so that a rule over single moments fires; or why one event cannot tell. */
export type OneMoment = {
  readonly filter: EventFilter | null;
  readonly differences: readonly string[];
  readonly reasons: readonly string[];
};

/**
 * A rule without a window, as a filter on one event, for targets that see one event at a time. The filter is never wider
 * than the rule except where a difference says so.
 */
export const oneMoment = (rule: EventRule): OneMoment => {
  const parts = rule.when.map(ofCondition);
  const several = rule.when.filter((condition) => !isAnyEvent(condition)).length > 1;
  const differences = [
    ...parts.flatMap((part) => part.differences),
    ...(several
      ? ['All conditions must hold for one event; several events of the same microsecond are not put together.']
      : []),
  ];
  return {
    filter: conjunction([rule.where, ...parts.map(({ filter }) => filter)]),
    differences: [...new Set(differences)],
    reasons: parts.flatMap((part) => part.reasons),
  };
};

const TOGETHER = 'An event is looked at by itself; several events of the same microsecond are not added up.';

const PLAIN = 'A sum is compared as a plain number; it is not rounded to steps first.';

const ofCondition = (condition: Condition): OneMoment => {
  const no = (reason: string): OneMoment => ({ filter: null, differences: [], reasons: [reason] });
  const yes = (filter: EventFilter | null, ...differences: string[]): OneMoment => ({
    filter,
    differences,
    reasons: [],
  });
  switch (condition.kind) {
    case 'count':
      return isOneOrMore(condition)
        ? yes(condition.where)
        : no('One event by itself cannot be counted against this number.');
    case 'distinct':
      return isOneOrMore(condition)
        ? yes(conjunction([condition.where, { column: condition.column, op: 'present' }]))
        : no('One event by itself has one value: other numbers of different values cannot be said.');
    case 'sum': {
      const { column, op, value } = condition;
      if (op === '=' || op === '<' || op === '<=') return no(`A sum with ${op} cannot be told from one event.`);
      if (value <= 0) return no('A sum that nothing reaches already cannot be told from one event.');
      return yes(conjunction([condition.where, { column, op, value }]), TOGETHER, PLAIN);
    }
    case 'ratio':
      return no('A share needs several events.');
    case 'sequence':
      return no('A sequence needs several moments.');
    case 'firstSeen':
      return no('Whether a value is new cannot be told from one event.');
    case 'feature':
    case 'percentile':
      return no('The target sees events, not features of actors over the whole log.');
  }
};

const isAnyEvent = (condition: Condition): boolean =>
  condition.kind === 'count' && condition.where === null && isOneOrMore(condition);

const isOneOrMore = ({ op, value }: { readonly op: string; readonly value: number }): boolean =>
  (op === '>=' && value > 0 && value <= 1) || (op === '>' && value >= 0 && value < 1);
