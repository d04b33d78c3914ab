import { filtersOf, nodesOf, type PlacedFilter } from '../form/filters-of.ts';
import type { Rule } from '../schema.ts';
import { constraintsOf, type Constraint } from './constraint.ts';

/**
 * Pairs of comparisons of which both must hold of one event: those of one `all`, those of the rule's own filter with those
 * of its conditions and exclusions, and those of a share with those among which it is. The second of each pair stands
 * further down in the form.
 */
export const constraintPairs = (rule: Rule): readonly (readonly [Constraint, Constraint])[] => {
  const filters = filtersOf(rule);
  const own = filters.filter(({ path }) => path === 'where').flatMap(constraintsOf);
  const inner = filters.filter(({ path }) => path !== 'where').flatMap((filter) => constraintsOf(filter));
  return [
    ...filters.flatMap((filter) => outermost(nodesOf(filter)).flatMap((node) => pairs(constraintsOf(node)))),
    ...own.flatMap((a) => inner.map((b) => [a, b] as const)),
    ...filters.flatMap((of) => {
      const among = filters.find(({ path }) => of.path.endsWith('.of') && path === of.path.replace(/of$/, 'among'));
      if (among === undefined) return [];
      return constraintsOf(of).flatMap((a) => constraintsOf(among).map((b) => [a, b] as const));
    }),
  ];
};

/** Nodes whose comparisons are not among those of an `all` around them. */
const outermost = (nodes: readonly PlacedFilter[]): readonly PlacedFilter[] =>
  nodes.filter(({ path, filter }) => 'all' in filter && !nodes.some((each) => isPartOfAll(each, path)));

const isPartOfAll = (around: PlacedFilter, path: string): boolean =>
  'all' in around.filter &&
  path.startsWith(`${around.path}.all.`) &&
  /^all\.\d+(?:\.all\.\d+)*$/.test(path.slice(around.path.length + 1));

const pairs = (constraints: readonly Constraint[]): readonly (readonly [Constraint, Constraint])[] =>
  constraints.flatMap((a, i) => constraints.slice(i + 1).map((b) => [a, b] as const));
