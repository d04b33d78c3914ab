import type { Condition, EventFilter, Rule } from '../schema.ts';
import { partsOfFilter } from './filter-parts.ts';

export type PlacedFilter = { readonly path: string; readonly filter: EventFilter };
export type PlacedCondition = { readonly path: string; readonly condition: Condition };

/** Every condition of a rule, those of its exclusions included, and its path in the form. */
export const conditionsOf = (rule: Rule): readonly PlacedCondition[] => [
  ...rule.when.map((condition, i) => ({ path: `when.${i}`, condition })),
  ...rule.exclusions.flatMap((exclusion, i) =>
    'when' in exclusion ? exclusion.when.map((condition, j) => ({ path: `exclusions.${i}.when.${j}`, condition })) : [],
  ),
];

/** Every whole filter of a rule, and its path. */
export const filtersOf = (rule: Rule): readonly PlacedFilter[] => [
  ...(rule.over === 'events' ? placed('where', rule.where) : []),
  ...conditionsOf(rule).flatMap(({ path, condition }) => filtersOfCondition(path, condition)),
  ...rule.exclusions.flatMap((exclusion, i) =>
    'where' in exclusion ? placed(`exclusions.${i}.where`, exclusion.where) : [],
  ),
];

/** A filter and all that it is made of, each with its path. */
export const nodesOf = ({ path, filter }: PlacedFilter): readonly PlacedFilter[] => [
  { path, filter },
  ...partsOfFilter(filter).flatMap(({ key, part }) => nodesOf({ path: `${path}.${key}`, filter: part })),
];

const filtersOfCondition = (path: string, condition: Condition): readonly PlacedFilter[] => {
  if (condition.kind === 'ratio') {
    return [...placed(`${path}.of`, condition.of), ...placed(`${path}.among`, condition.among)];
  }
  if (condition.kind === 'sequence') return condition.steps.flatMap((step, i) => placed(`${path}.steps.${i}`, step));
  return 'where' in condition ? placed(`${path}.where`, condition.where) : [];
};

const placed = (path: string, filter: EventFilter | null): readonly PlacedFilter[] =>
  filter === null ? [] : [{ path, filter }];
