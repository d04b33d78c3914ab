import type { EventFilter } from '../schema.ts';

/** A filter without a part that combines others. */
export type Comparison = Exclude<
  EventFilter,
  { readonly all: unknown } | { readonly any: unknown } | { readonly not: unknown }
>;

/** A filter whose negations have all come to stand at single comparisons: the same events meet it. */
export type Pushed =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Pushed[] }
  | { readonly kind: 'is' | 'isNot'; readonly comparison: Comparison };

/** Events that meet all of the filters; null where there is none. */
export const conjunction = (filters: readonly (EventFilter | null)[]): EventFilter | null => {
  const parts = filters
    .filter((filter) => filter !== null)
    .flatMap((filter) => ('all' in filter ? filter.all : [filter]));
  const [first] = parts;
  if (first === undefined) return null;
  return parts.length === 1 ? first : { all: parts };
};

/** Moves `not` down to the comparisons (De Morgan), where a target can be told what a missing value does. */
export const pushNegations = (filter: EventFilter, negated = false): Pushed => {
  if ('not' in filter) return pushNegations(filter.not, !negated);
  if ('all' in filter) return combine(filter.all, negated ? 'any' : 'all', negated);
  if ('any' in filter) return combine(filter.any, negated ? 'all' : 'any', negated);
  return { kind: negated ? 'isNot' : 'is', comparison: filter };
};

const combine = (filters: readonly EventFilter[], kind: 'all' | 'any', negated: boolean): Pushed => {
  const parts = filters.flatMap((filter) => {
    const pushed = pushNegations(filter, negated);
    return 'parts' in pushed && pushed.kind === kind ? pushed.parts : [pushed];
  });
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : { kind, parts };
};

/** The comparisons of a filter, from left to right. */
export const comparisonsOf = (filter: EventFilter | null): readonly Comparison[] => {
  if (filter === null) return [];
  if ('not' in filter) return comparisonsOf(filter.not);
  if ('all' in filter) return filter.all.flatMap(comparisonsOf);
  if ('any' in filter) return filter.any.flatMap(comparisonsOf);
  return [filter];
};

/** Texts that a comparison compares with. */
export const textsOf = (comparison: Comparison): readonly string[] => {
  if (comparison.op === 'in') return comparison.values;
  return comparison.op === '=' && typeof comparison.value === 'string' ? [comparison.value] : [];
};
