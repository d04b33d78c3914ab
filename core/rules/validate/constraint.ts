import { partsOfFilter } from '../form/filter-parts.ts';
import type { PlacedFilter } from '../form/filters-of.ts';
import type { EventFilter } from '../schema.ts';
import { holds, intersected, isEmpty, rangeOf, type Range } from './range.ts';

/** What one comparison leaves of a column. */
export type Constraint = {
  readonly path: string;
  readonly column: string;
  readonly left:
    | { readonly kind: 'values' | 'others'; readonly values: readonly (string | number)[] }
    | { readonly kind: 'range'; readonly range: Range }
    | { readonly kind: 'present' | 'missing' };
};

/** The comparisons that must all hold for a filter to hold: it, or the parts of its outermost `all`. */
export const constraintsOf = ({ path, filter }: PlacedFilter): readonly Constraint[] => {
  if ('all' in filter) {
    return partsOfFilter(filter).flatMap(({ key, part }) => constraintsOf({ path: `${path}.${key}`, filter: part }));
  }
  const isDenied = 'not' in filter;
  const leaf = isDenied ? filter.not : filter;
  if (!('column' in leaf)) return [];
  const left = isDenied ? deniedBy(leaf) : leftBy(leaf);
  return left === undefined ? [] : [{ path, column: leaf.column, left }];
};

/** Whether no value of the column meets both. */
export const areOpposed = (a: Constraint, b: Constraint): boolean => {
  if (a.column !== b.column) return false;
  if (a.left.kind === 'values') return a.left.values.length > 0 && !a.left.values.some((value) => meets(value, b));
  if (b.left.kind === 'values') return areOpposed(b, a);
  if (a.left.kind === 'range' && b.left.kind === 'range') return isEmpty(intersected(a.left.range, b.left.range));
  const kinds = [a.left.kind, b.left.kind];
  return kinds.includes('missing') && (kinds.includes('range') || kinds.includes('present'));
};

/** Whether every value that meets the first meets the second. */
export const implies = (a: Constraint, b: Constraint): boolean => {
  if (a.column !== b.column) return false;
  if (a.left.kind === 'values') return a.left.values.length > 0 && a.left.values.every((value) => meets(value, b));
  if (a.left.kind === 'range' && b.left.kind === 'range') return holds(b.left.range, a.left.range);
  if (b.left.kind === 'present') return a.left.kind === 'range' || a.left.kind === 'present';
  if (b.left.kind === 'missing') return a.left.kind === 'missing';
  if (b.left.kind !== 'others') return false;
  const outside = b.left.values;
  if (a.left.kind === 'range') return !outside.some((value) => meets(value, a));
  return a.left.kind === 'missing' || (a.left.kind === 'others' && outside.every((value) => !meets(value, a)));
};

type Leaf = Extract<EventFilter, { readonly column: string }>;

const leftBy = (leaf: Leaf): Constraint['left'] => {
  if (leaf.op === 'present') return { kind: 'present' };
  if (leaf.op === 'in') return { kind: 'values', values: leaf.values };
  if (leaf.op === '=') return { kind: 'values', values: [leaf.value] };
  return { kind: 'range', range: rangeOf(leaf.op, leaf.value) };
};

/** A denied range leaves the other range and the missing: nothing that could be told here. */
const deniedBy = (leaf: Leaf): Constraint['left'] | undefined => {
  const left = leftBy(leaf);
  if (left.kind === 'values') return { kind: 'others', values: left.values };
  return left.kind === 'present' ? { kind: 'missing' } : undefined;
};

const meets = (value: string | number, { left }: Constraint): boolean => {
  switch (left.kind) {
    case 'values':
      return left.values.includes(value);
    case 'others':
      return !left.values.includes(value);
    case 'range':
      return typeof value === 'number' && holds(left.range, rangeOf('=', value));
    case 'present':
      return true;
    case 'missing':
      return false;
  }
};
