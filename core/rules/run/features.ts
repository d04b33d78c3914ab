import type { FeatureCondition, RuleFeatures } from '../schema.ts';
import { compare } from './compare.ts';

/** Whether an actor's features meet some conditions; `row` is its place in the table. */
export type FeatureTest = (row: number) => boolean;

/** All of some conditions on features, over a table of them. A feature that is missing, or not in the table, meets none. */
export const compileFeatures = (conditions: readonly FeatureCondition[], features: RuleFeatures): FeatureTest => {
  const tests = conditions.map((condition): FeatureTest => {
    const column = features.columns.get(condition.feature);
    if (column === undefined) return () => false;
    const values = condition.kind === 'feature' ? column : percentages(column);
    const { op, value } = condition;
    return (row) => {
      const own = values[row] ?? Number.NaN;
      return !Number.isNaN(own) && compare(own, op, value);
    };
  });
  return (row) => tests.every((test) => test(row));
};

/** The actors that meet all of some conditions. */
export const actorsThat = (
  conditions: readonly FeatureCondition[],
  features: RuleFeatures | undefined,
): ReadonlySet<string> => {
  if (features === undefined) return new Set();
  const test = compileFeatures(conditions, features);
  return new Set(features.actors.filter((_, row) => test(row)));
};

/** Of each value, the percentage of the values that are lower: 100 · lower / having; NaN stays NaN. */
const percentages = (column: Float64Array): Float64Array => {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  return column.map((value) => (Number.isNaN(value) ? value : (100 * lowerThan(sorted, value)) / sorted.length));
};

const lowerThan = (sorted: Float64Array, value: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1; // hot: middle lies inside
    else high = middle;
  }
  return low;
};
