import { ratio } from './expressions.ts';
import type { Family, Feature } from './feature.ts';
import { steps } from './steps.ts';

const variety = (column: string): Feature => ({
  name: `${column}_ratio`,
  sentence: `How many different values of ${column.slice(2)} the actor has per event: near 1 is hardly ever the same twice.`,
  formula: `distinct ${column} / N; a bucket stands for a value, so that of 100 different ones about 83 are told apart, and 256 at most`,
  unit: 'share',
  needs: [column],
  over: steps,
  sql: (dialect) => ratio(`count(DISTINCT ${dialect.name(column)})`, 'count(*)'),
  worse: 'both',
});

/** Features of identifiers that no event column takes (`b_*`). Events without one count: that it is missing tells as well. */
export const buckets = (columns: readonly string[]): Family => ({
  name: 'identifiers',
  title: 'Identifiers of which only buckets are kept',
  features: columns.map(variety),
});
