import { microsOf } from '../duration.ts';
import type { Condition, EventFilter, FeatureCondition } from '../schema.ts';
import type { Mask } from './compile-filter.ts';
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
  readonly maskOf: (filter: EventFilter) => Mask;
  /** The history of a column that the groups of the view share. */
  readonly historyOf: (column: string, lookback: number) => History;
};

/** A condition with its state. */
export const compileCondition = (condition: WindowCondition, context: ConditionContext): ConditionState => {
  const { reader, maskOf } = context;
  const orAll = (filter: EventFilter | null): Mask | null => (filter === null ? null : maskOf(filter));
  switch (condition.kind) {
    case 'count':
      return countCondition(condition, orAll(condition.where), context);
    case 'ratio':
      return ratioCondition(condition, maskOf(condition.of), orAll(condition.among), context);
    case 'sum':
      return sumCondition(condition, orAll(condition.where), reader.field(condition.column), context);
    case 'distinct':
      return distinctCondition(condition, orAll(condition.where), reader.field(condition.column), context);
    case 'sequence':
      return sequenceCondition(condition.steps.map(maskOf), context);
    case 'firstSeen': {
      const history = context.historyOf(condition.column, microsOf(condition.lookback));
      return firstSeenCondition(condition, orAll(condition.where), history, context);
    }
  }
};
