import { filtersOf, nodesOf, type PlacedFilter } from '../form/filters-of.ts';
import type { Rule } from '../schema.ts';
import { constraintsOf, type Constraint } from './constraint.ts';

/** Two comparisons of which both must hold of one event. */
export type ConstraintPair = {
  readonly first: Constraint;
  readonly second: Constraint;
  /** Whether both are parts of one `all`; else the first holds of all events that the second is asked of. */
  readonly areOfOne: boolean;
};

/**
 * Of every `all` its comparisons; those of the rule's own filter with those of its conditions and exclusions; those among
 * which a share is with those of the share.
 */
export const constraintPairs = (rule: Rule): readonly ConstraintPair[] => {
  const filters = filtersOf(rule);
  const own = filters.filter(({ path }) => path === 'where').flatMap(constraintsOf);
  const inner = filters.filter(({ path }) => path !== 'where').flatMap(constraintsOf);
  return [
    ...filters.flatMap((filter) => outermost(nodesOf(filter)).flatMap((node) => pairs(constraintsOf(node)))),
    ...crossed(own, inner),
    ...filters.flatMap((of) => {
      const among = filters.find(({ path }) => of.path.endsWith('.of') && path === of.path.replace(/of$/, 'among'));
      return among === undefined ? [] : crossed(constraintsOf(among), constraintsOf(of));
    }),
  ];
};

const crossed = (firsts: readonly Constraint[], seconds: readonly Constraint[]): readonly ConstraintPair[] =>
  firsts.flatMap((first) => seconds.map((second) => ({ first, second, areOfOne: false })));

/** Nodes whose comparisons are not among those of an `all` around them. */
const outermost = (nodes: readonly PlacedFilter[]): readonly PlacedFilter[] =>
  nodes.filter(({ path, filter }) => 'all' in filter && !nodes.some((each) => isPartOfAll(each, path)));

const isPartOfAll = (around: PlacedFilter, path: string): boolean =>
  'all' in around.filter &&
  path.startsWith(`${around.path}.all.`) &&
  /^all\.\d+(?:\.all\.\d+)*$/.test(path.slice(around.path.length + 1));

const pairs = (constraints: readonly Constraint[]): readonly ConstraintPair[] =>
  constraints.flatMap((first, i) => constraints.slice(i + 1).map((second) => ({ first, second, areOfOne: true })));
