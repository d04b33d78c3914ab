import type { Filter } from '../schema.ts';
import { readTime } from './read-time.ts';
import { wrongQuery } from './refuse.ts';
import type { FilterShape } from './shape.ts';

/**
 * The condition a row must meet. It reads nothing but the row's own values, so that every row of an actor is kept or left
 * out whatever other actors do: a filter is a stable transformation, 1-Lipschitz in actors added or removed (McSherry 2009), and changes no sensitivity. Errors: `usage`.
 */
export const readFilter = (shape: FilterShape, where = 'where', depth = 0): Filter => {
  if (depth > MOST_DEPTH) throw wrongQuery(where, 'Conditions are nested too deeply.', 'Write a simpler condition.');
  const inner = (each: FilterShape, i: number, name: string): Filter =>
    readFilter(each, `${where}.${name}.${i}`, depth + 1);
  if ('and' in shape) return { and: shape.and.map((each, i) => inner(each, i, 'and')) };
  if ('or' in shape) return { or: shape.or.map((each, i) => inner(each, i, 'or')) };
  if ('not' in shape) return { not: readFilter(shape.not, `${where}.not`, depth + 1) };
  return readComparison(shape, where);
};

const MOST_DEPTH = 20;
const SINGLE = ['=', '<', '<=', '>', '>='] as const;
type Comparison = Extract<FilterShape, { column: string }>;

const readComparison = (shape: Comparison, where: string): Filter => {
  const { column } = shape;
  const value = (x: string | number): string | number => (column === 'ts' ? readTime(x, where) : x);
  const said = [...SINGLE, 'in', 'between'] as const;
  if (said.filter((op) => shape[op] !== undefined).length !== 1) {
    throw wrongQuery(where, 'A condition compares in exactly one way.', `Give one of ${said.join(', ')}.`);
  }
  if (shape.in !== undefined) return { column, op: 'in', values: ofOneType(shape.in.map(value), where) };
  if (shape.between !== undefined) {
    const [low, high] = ofOneType(shape.between.map(value), where);
    if (low === undefined || high === undefined || low >= high) {
      throw wrongQuery(where, 'The limits of "between" do not ascend.', 'Write [low, high]; high is left out.');
    }
    return { column, op: 'between', low, high };
  }
  const op = SINGLE.find((each) => shape[each] !== undefined) ?? '=';
  return { column, op, value: value(shape[op] ?? '') };
};

const ofOneType = (values: readonly (string | number)[], where: string): readonly (string | number)[] => {
  if (values.every((each) => typeof each === typeof values[0])) return values;
  throw wrongQuery(where, 'A condition mixes numbers and texts.', 'Use the type of the column.');
};
