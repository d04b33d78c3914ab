import { NightjarError } from '../../../api/errors.ts';
import { durationMicros } from '../../duration.ts';
import type { Comparison, Condition, EventFilter, EventRule, Rule } from '../../schema.ts';
import { columnsOf, filtersOf } from '../columns.ts';
import type { Translation } from '../exporter.ts';
import { comparisonsOf, conjunction, textsOf } from '../filters.ts';
import { oneMoment } from '../one-moment.ts';
import { withoutEnds } from '../without-ends.ts';
import type { Flavour } from './flavour.ts';
import { sigmaText } from './text-value.ts';

/**
 * A rule as Sigma 2.1 says it. Sigma sees events and, by correlations, one count, count of different values, sum or sequence
 * in a span of time; the rest is refused. How a span moves over time Sigma leaves to the backend: pySigma's SQLite lets it
 * slide, its Splunk and ES|QL cut time into fixed windows. The rule that comes back has the window of the flavour.
 */
export const translateToSigma = (rule: Rule, flavour: Flavour): Translation => {
  if (rule.over === 'actors') {
    return { kind: 'refused', reasons: ['Sigma sees events, not features of actors over the whole log.'] };
  }
  const draft = fold(rule, flavour);
  const reasons = [...headReasons(rule), ...textReasons(rule), ...draft.reasons];
  if (reasons.length > 0) return { kind: 'refused', reasons: [...new Set(reasons)] };
  const differences = [
    ...draft.differences,
    ...withoutEnds(rule, 'Sigma').differences,
    ...effectDifferences(rule),
    ...textDifferences(rule, flavour),
  ];
  if (differences.length === 0) return { kind: 'whole' };
  return { kind: 'narrowed', rule: draft.rule, differences: [...new Set(differences)] };
};

/** The rule in the shape that the writer takes; an error of ours where it cannot be. */
export const sigmaShape = (rule: Rule, flavour: Flavour): EventRule => {
  if (rule.over === 'events') {
    const { rule: shape, reasons } = fold(rule, flavour);
    if (reasons.length === 0) return shape;
  }
  throw new NightjarError('internal', 'A rule that Sigma cannot say was to be written as Sigma.', {
    where: rule.id,
    next: 'Translate it first; this is a fault of the program.',
  });
};

type Draft = { readonly rule: EventRule; readonly differences: readonly string[]; readonly reasons: readonly string[] };

/** Exclusions and the one condition's filter move into `where`; numbers become whole; the window becomes the flavour's. */
const fold = (rule: EventRule, flavour: Flavour): Draft => {
  const seen = withoutEnds(rule, 'Sigma').rule;
  if (rule.window.kind === 'event') {
    const { filter, differences, reasons } = oneMoment(seen);
    return { rule: { ...seen, where: filter, when: [ANY_EVENT] }, differences, reasons };
  }
  const [condition, ...others] = seen.when;
  if (condition === undefined || others.length > 0) return { rule: seen, differences: [], reasons: [ONE_CONDITION] };
  const part = foldCondition(condition, flavour);
  const where = conjunction([seen.where, part.where]);
  const window = flavour === 'sigma' ? 'sliding' : 'tumbling';
  return {
    rule: { ...seen, where, when: [part.condition], window: { kind: window, length: rule.window.length } },
    differences: [...part.differences, ...windowDifferences(rule, flavour)],
    reasons: part.reasons,
  };
};

const ANY_EVENT: Condition = { kind: 'count', where: null, op: '>=', value: 1 };
const ONE_CONDITION =
  'A correlation of Sigma holds one condition; several on one window cannot be said, and correlations joined by another ' +
  'correlation are not the same.';

type Part = {
  readonly condition: Condition;
  readonly where: EventFilter | null;
  readonly differences: readonly string[];
  readonly reasons: readonly string[];
};

const foldCondition = (condition: Condition, flavour: Flavour): Part => {
  const no = (reason: string): Part => ({ condition, where: null, differences: [], reasons: [reason] });
  switch (condition.kind) {
    case 'count':
    case 'distinct':
    case 'sum': {
      if (condition.kind === 'sum' && flavour !== 'sigma') return no('pySigma converts no sum for this backend.');
      const value = wholeValue(condition);
      if (value === undefined) return no('A correlation of Sigma compares with whole numbers.');
      return {
        condition: { ...condition, where: null, ...value },
        where: condition.where,
        differences: [
          ...(condition.where === null ? [] : [COUNTED_ONLY]),
          ...(condition.kind === 'sum' ? [NOT_CONVERTED] : []),
          ...(condition.kind === 'sum' ? sumDifferences(condition.value, value.value) : []),
        ],
        reasons: [],
      };
    }
    case 'sequence':
      return flavour === 'sigma'
        ? { condition, where: null, differences: [AGAIN, NOT_CONVERTED], reasons: [] }
        : no('pySigma converts no ordered sequence for this backend.');
    case 'ratio':
      return no('Sigma has no shares of events.');
    case 'firstSeen':
      return no('Sigma has no memory of which values a group has shown before.');
    case 'feature':
    case 'percentile':
      return no('Sigma sees events, not features of actors over the whole log.');
  }
};

const COUNTED_ONLY =
  'Only events that are counted are looked at: a window without one is not, and other events raise no hit.';
const NOT_CONVERTED = 'pySigma converts it for SQLite, not for Splunk and ES|QL.';
const AGAIN =
  'While a finished sequence is still in its span, a further event of any step may be reported again (pySigma’s SQLite).';

const sumDifferences = (asked: number, given: number): readonly string[] => [
  'Sums add plain numbers; they are not rounded to steps first.',
  ...(asked === given ? [] : ['The threshold of the sum became the next whole number, to the stricter side.']),
];

/** The same comparison with a whole number; for a sum the next stricter one. Undefined where there is none. */
const wholeValue = ({ op, value }: Compared): Compared | undefined => {
  if (Number.isSafeInteger(value)) return { op, value };
  if (op === '=') return undefined;
  const up = op === '>=' || op === '>';
  const rounded = up ? Math.ceil(value) : Math.floor(value);
  return Number.isSafeInteger(rounded) ? { op: up ? '>=' : '<=', value: rounded } : undefined;
};

type Compared = { readonly op: Comparison; readonly value: number };

const windowDifferences = ({ window }: EventRule, flavour: Flavour): readonly string[] => {
  if (window.kind === 'event') return [];
  const { length, kind } = window;
  if (flavour === 'sigma') {
    return [
      ...(kind === 'tumbling' ? [`Sigma has no fixed windows: the ${length} slide, which finds more.`] : []),
      `Sigma says how long a window is, ${length}, not whether it slides, nor whether an event exactly ${length} old still ` +
        'counts: pySigma’s SQLite slides and counts it, Splunk and ES|QL use fixed windows.',
    ];
  }
  const backend = flavour === 'splunk' ? 'Splunk' : 'ES|QL';
  const days = (durationMicros(length) ?? 0) / 86_400e6;
  return [
    ...(kind === 'sliding'
      ? [`${backend} cuts time into fixed windows of ${length}: what lies across a border is not seen together.`]
      : []),
    ...(flavour === 'splunk' && days >= 1 && Number.isInteger(days)
      ? [
          'Splunk lets windows of days start at midnight in the time zone of the search, and on days of its own: search in UTC.',
        ]
      : []),
    ...(flavour === 'esql' && days === 7
      ? ['ES|QL lets windows of seven days start on Mondays, Nightjar on Thursdays.']
      : []),
  ];
};

const textsOfRule = (rule: EventRule): readonly string[] =>
  [rule.where, ...rule.exclusions.map(({ where }) => where), ...rule.when.flatMap(filtersOf)]
    .flatMap(comparisonsOf)
    .flatMap(textsOf);

const textReasons = (rule: EventRule): readonly string[] =>
  textsOfRule(rule)
    .map(sigmaText)
    .flatMap((text) => (text.kind === 'impossible' ? [`Sigma cannot compare with ${text.reason}.`] : []));

const headReasons = (rule: EventRule): readonly string[] => [
  ...(rule.falsePositives.some((text) => text.length < 2)
    ? ['A known false positive needs two characters or more in Sigma.']
    : []),
  ...(columnsOf(rule).includes('ts') ? ['The time of an event is not a column that a condition can name.'] : []),
];

const effectDifferences = ({ effect }: EventRule): readonly string[] =>
  effect.kind === 'label' ? [`Sigma puts no label: ${effect.label} is for the system that takes the hits.`] : [];

const textDifferences = (rule: EventRule, flavour: Flavour): readonly string[] => {
  const texts = textsOfRule(rule).map(sigmaText);
  const grouped = rule.window.kind !== 'event' && flavour === 'sigma';
  const caseless = texts.some(({ kind }) => kind === 'exact' || kind === 'pattern');
  return [
    ...(caseless && flavour !== 'esql'
      ? ['Sigma compares texts without regard to case (|cased would not, but Splunk and ES|QL refuse it).']
      : []),
    ...(grouped ? ['pySigma’s SQLite groups and counts different texts without regard to case.'] : []),
    ...(texts.some(({ kind }) => kind === 'number')
      ? ['A text of digits is written as a number, as Sigma’s check asks: ES|QL finds it only in fields of numbers.']
      : []),
    ...(texts.some(({ kind }) => kind === 'pattern')
      ? [
          'In texts, * and ? stand for any one character (in Splunk any characters): Sigma’s check allows no escaped wildcard.',
        ]
      : []),
    ...(flavour === 'esql' && rule.when.some(({ kind }) => kind === 'distinct')
      ? ['ES|QL counts different values approximately where they are many.']
      : []),
  ];
};
