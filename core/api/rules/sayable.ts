import type { Exporter } from '../../rules/export/index.ts';
import type { EventCount, InduceInput } from '../../rules/induce/index.ts';
import type { Condition, EventRule, Rule } from '../../rules/schema.ts';
import { NightjarError } from '../errors.ts';
import { exporterOf } from './targets.ts';

/** What rules may speak of, as a search for them takes it. */
export type Sayable = {
  readonly features: boolean;
  readonly counts: readonly EventCount[];
} & Pick<InduceInput, 'mostConditions' | 'ofCounted'>;

/**
 * What a target can say of the rules that a search makes, wholly or narrower: found by asking its exporter for one rule of each
 * kind. Errors: `usage` for a target that there is not, or that can say none of them.
 */
export const sayableIn = (target: string): Sayable => {
  const exporter = exporterOf(target);
  if (saysSearched(exporter)) return saidBy(exporter);
  throw new NightjarError('usage', `${exporter.title} cannot run the rules that a search makes of labelled actors.`, {
    where: exporter.name,
    next: 'Make a rule from chosen events in the app, write one, or leave --to out.',
  });
};

/** Whether a target can say any of them. */
export const saysSearched = (exporter: Exporter): boolean => {
  const { features, counts } = saidBy(exporter);
  return features || counts.length > 0;
};

const saidBy = ({ translate }: Exporter): Sayable => {
  const says = (rule: Rule): boolean => translate(rule).kind !== 'refused';
  const counts = (['count', 'distinct', 'sum'] as const).filter((kind) => says(overEvents(CONDITIONS[kind])));
  const isOfOne = counts.length > 0 && !says(overEvents(CONDITIONS.count, CONDITIONS.count));
  return {
    features: says(OF_FEATURES),
    counts,
    ...(isOfOne ? { mostConditions: 1, ofCounted: seesCounted(translate) } : {}),
  };
};

/** Whether the target makes what is counted the only events that a rule of one count sees. */
const seesCounted = (translate: Exporter['translate']): boolean => {
  const asked = translate(overEvents(CONDITIONS.count));
  return asked.kind === 'narrowed' && asked.rule.over === 'events' && asked.rule.where !== null;
};

const COMMON = {
  id: 'asked',
  title: 'Asked',
  intent: '',
  author: '',
  severity: 'medium',
  effect: { kind: 'review' },
  expires: null,
  falsePositives: [],
  exclusions: [],
} as const;

const OF_FEATURES: Rule = {
  ...COMMON,
  over: 'actors',
  when: [{ kind: 'feature', feature: 'event_count', op: '>=', value: 100, unit: 'events' }],
};

const overEvents = (...when: readonly Condition[]): EventRule => ({
  ...COMMON,
  over: 'events',
  groupBy: ['actor_id'],
  where: null,
  window: { kind: 'sliding', length: '10m' },
  when,
});

const WHERE = { column: 'action', op: '=', value: 'view' } as const;
const CONDITIONS = {
  count: { kind: 'count', where: WHERE, op: '>=', value: 10 },
  distinct: { kind: 'distinct', column: 'object_id', where: WHERE, op: '>=', value: 10 },
  sum: { kind: 'sum', column: 'amount', where: WHERE, decimals: 2, unit: '', op: '>=', value: 10 },
} as const satisfies Record<EventCount, Condition>;
