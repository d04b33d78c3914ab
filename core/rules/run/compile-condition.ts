import { microsOf } from '../duration.ts';
import type { Condition, EventFilter, FeatureCondition } from '../schema.ts';
import { compileFilter, type Predicate } from './compile-filter.ts';
import type { ConditionState, Place } from './conditions/condition.ts';
import { countCondition } from './conditions/count.ts';
import { distinctCondition } from './conditions/distinct.ts';
import { firstSeenCondition } from './conditions/first-seen.ts';
import type { History } from './conditions/history.ts';
import { ratioCondition } from './conditions/ratio.ts';
import { sequenceCondition } from './conditions/sequence.ts';
import { sumCondition } from './conditions/sum.ts';
import type { EventReader } from './event-reader.ts';

/** A condition on the events of a window. */
export type WindowCondition = Exclude<Condition, FeatureCondition>;

export const isFeatureCondition = (condition: Condition): condition is FeatureCondition =>
  condition.kind === 'feature' || condition.kind === 'percentile';

export type ConditionContext = Place & {
  readonly reader: EventReader;
  /** The history of a column that the groups of the view share. */
  readonly historyOf: (column: string, lookback: number) => History;
};

/** A condition with its state. */
export const compileCondition = (condition: WindowCondition, context: ConditionContext): ConditionState => {
  const { reader } = context;
  switch (condition.kind) {
    case 'count':
      return countCondition(condition, all(condition.where, reader), context);
    case 'ratio': {
      const of = compileFilter(condition.of, reader);
      return ratioCondition(condition, of, all(condition.among, reader), context);
    }
    case 'sum':
      return sumCondition(condition, all(condition.where, reader), reader.field(condition.column), context);
    case 'distinct':
      return distinctCondition(condition, all(condition.where, reader), reader.field(condition.column), context);
    case 'sequence':
      return sequenceCondition(
        condition.steps.map((step) => compileFilter(step, reader)),
        context,
      );
    case 'firstSeen': {
      const history = context.historyOf(condition.column, microsOf(condition.lookback));
      return firstSeenCondition(condition, all(condition.where, reader), history, context);
    }
  }
};

const all = (filter: EventFilter | null, reader: EventReader): Predicate | null =>
  filter === null ? null : compileFilter(filter, reader);
