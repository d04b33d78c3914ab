import type { ActorRule, Condition, EventRule, FeatureCondition, Rule } from '../schema.ts';
import type { Codes, Conjunction, Literal } from './codes.ts';
import type { EventColumn } from './event-columns.ts';
import type { InduceFeature } from './types.ts';

/** What the columns of a table of rules stand for: a feature, or something of the events in a window. */
export type Meaning = { readonly feature: InduceFeature } | { readonly events: EventColumn };

export type Naming = { readonly intent: string; readonly author: string };

/**
 * A rule in the one form: over actors where it speaks of features alone, else over the events of each actor in the window that
 * its conditions share.
 */
export const toRule = (
  conjunction: Conjunction,
  place: number,
  codes: Codes,
  meanings: readonly Meaning[],
  { intent, author }: Naming,
): Rule => {
  const literals = conjunction.toSorted((a, b) => a.column - b.column || Number(b.isHigh) - Number(a.isHigh));
  const conditions = literals.map((literal) => conditionOf(literal, codes, meanings[literal.column]));
  const common = {
    id: `induced_${place}`,
    title: titleOf(literals, meanings),
    intent,
    author,
    severity: 'medium',
    effect: { kind: 'review' },
    expires: null,
    falsePositives: [],
  } as const;
  const window = windowOf(literals, meanings);
  if (window === undefined) {
    const rule: ActorRule = { ...common, over: 'actors', when: conditions.filter(isFeature), exclusions: [] };
    return rule;
  }
  const rule: EventRule = {
    ...common,
    over: 'events',
    groupBy: ['actor_id'],
    where: null,
    window: { kind: 'sliding', length: window },
    when: conditions,
    exclusions: [],
  };
  return rule;
};

const conditionOf = ({ column, cut, isHigh }: Literal, codes: Codes, meaning: Meaning | undefined): Condition => {
  const value = codes.cuts[column]?.[cut] ?? Number.NaN;
  if (meaning === undefined) throw new TypeError('A column without a meaning.');
  if ('events' in meaning) return meaning.events.condition(value);
  const { name, unit } = meaning.feature;
  return { kind: 'feature', feature: name, op: isHigh ? '>=' : '<', value, unit };
};

const isFeature = (condition: Condition): condition is FeatureCondition => condition.kind === 'feature';

const windowOf = (literals: Conjunction, meanings: readonly Meaning[]): string | undefined => {
  for (const { column } of literals) {
    const meaning = meanings[column];
    if (meaning !== undefined && 'events' in meaning) return meaning.events.window;
  }
  return undefined;
};

/** Such as `High peak hour events, low gap median s`, `High number of like events in 1m`. */
const titleOf = (literals: Conjunction, meanings: readonly Meaning[]): string => {
  const parts = literals.map(({ column, isHigh }) => {
    const meaning = meanings[column];
    const name = meaning === undefined ? '' : 'events' in meaning ? meaning.events.name : meaning.feature.name;
    return `${isHigh ? 'high' : 'low'} ${name.replaceAll('_', ' ')}`;
  });
  const title = [...new Set(parts)].join(', ');
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`.slice(0, 200);
};
