import { NightjarError } from '../../../api/errors.ts';
import { columnsOf } from '../columns.ts';
import type { EventFilter, EventRule, Rule } from '../../schema.ts';
import type { Translation } from '../exporter.ts';
import { conjunction } from '../filters.ts';
import { oneMoment } from '../one-moment.ts';
import { withoutEnds } from '../without-ends.ts';
import { isEntity, smlName } from './names.ts';

/** What Osprey runs: one event that meets a filter, or one that comes after another, remembered by a label. */
export type OspreyShape =
  | { readonly kind: 'event'; readonly rule: EventRule; readonly filter: EventFilter | null }
  | {
      readonly kind: 'after';
      readonly rule: EventRule;
      readonly first: EventFilter | null;
      readonly second: EventFilter | null;
      readonly entity: string;
    };

/**
 * A rule as Osprey's SML says it. Osprey looks at one action at a time and has no windows; what it remembers are labels on
 * entities, which may expire. So rules over single moments pass, and sequences of two steps by a label; the rest is refused.
 */
export const translateToOsprey = (rule: Rule): Translation => {
  const { shape, differences, reasons } = draft(rule);
  if (shape === undefined || reasons.length > 0) return { kind: 'refused', reasons: [...new Set(reasons)] };
  if (differences.length === 0) return { kind: 'whole' };
  return { kind: 'narrowed', rule: shape.rule, differences: [...new Set(differences)] };
};

/** The shape that the writer takes; an error of ours where there is none. */
export const ospreyShape = (rule: Rule): OspreyShape => {
  const { shape, reasons } = draft(rule);
  if (shape !== undefined && reasons.length === 0) return shape;
  throw new NightjarError('internal', 'A rule that Osprey cannot say was to be written as SML.', {
    where: rule.id,
    next: 'Translate it first; this is a fault of the program.',
  });
};

type Draft = {
  readonly shape?: OspreyShape;
  readonly differences: readonly string[];
  readonly reasons: readonly string[];
};

const draft = (rule: Rule): Draft => {
  if (rule.over === 'actors') return refused('Osprey sees actions, not features of actors over the whole log.');
  const { rule: seen, differences } = withoutEnds(rule, 'Osprey');
  const more = [...differences, ...effectDifferences(rule)];
  const reasons = [...effectReasons(rule), ...nameReasons(rule)];
  if (rule.window.kind === 'event') {
    const moment = oneMoment(seen);
    const narrow: EventRule = { ...seen, where: moment.filter, when: [ANY_EVENT] };
    return {
      shape: { kind: 'event', rule: narrow, filter: moment.filter },
      differences: [...moment.differences, ...more],
      reasons: [...reasons, ...moment.reasons],
    };
  }
  const [condition] = seen.when;
  const [first, second, third] = condition?.kind === 'sequence' ? condition.steps : [];
  const [entity] = seen.groupBy;
  if (rule.window.kind === 'tumbling' || seen.when.length !== 1 || first === undefined || second === undefined) {
    return refused('Osprey has no windows of time: it looks at one action at a time.', ...reasons);
  }
  if (third !== undefined)
    return refused('By labels only two steps can be told: a third would start its own time.', ...reasons);
  if (entity === undefined || seen.groupBy.length > 1 || !isEntity(entity)) {
    return refused(
      'A label sits on one entity: the rule must be for each actor, object, ip, device or session.',
      ...reasons,
    );
  }
  return {
    shape: {
      kind: 'after',
      rule: seen,
      first: conjunction([seen.where, first]),
      second: conjunction([seen.where, second]),
      entity,
    },
    differences: [...BY_LABEL, ...more],
    reasons,
  };
};

const ANY_EVENT = { kind: 'count', where: null, op: '>=', value: 1 } as const;

const BY_LABEL = [
  'The first step is remembered by a label that expires: the order and the time are those in which Osprey gets the actions.',
  'Actions of the same time count as one after the other.',
];

const refused = (...reasons: string[]): Draft => ({ differences: [], reasons });

const effectReasons = (rule: EventRule): readonly string[] =>
  rule.effect.kind === 'label' && !rule.groupBy.includes('actor_id')
    ? ['A label is put on the actor: the rule must be for each actor_id.']
    : [];

const effectDifferences = (rule: EventRule): readonly string[] =>
  rule.effect.kind === 'label' ? [] : [`The effect ${rule.effect.kind} becomes a verdict of that name.`];

/** Columns that are none, and two whose names in SML fall together. */
const nameReasons = (rule: EventRule): readonly string[] => {
  const columns = columnsOf(rule);
  if (columns.includes('ts')) return ['The time of an event is not a column that a condition can name.'];
  return new Set(columns.map(smlName)).size === columns.length ? [] : ['Two columns have the same name in SML.'];
};
