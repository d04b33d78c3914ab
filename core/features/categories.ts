import type { Family, Feature } from './feature.ts';
import { reached } from './pairs.ts';
import { rarity } from './rarity.ts';

const category = (column: string): readonly Feature[] => [
  {
    name: `${column}_count`,
    sentence: `How many different values of ${column.slice(2)} the actor has.`,
    formula: `distinct ${column}`,
    unit: 'values',
    needs: [column],
    over: reached(column),
    sql: () => 'count(*)',
    worse: 'both',
    windowed: true,
  },
  rarity(`${column}_rarity`, column, `values of ${column.slice(2)}`),
];

/** Features of the log's own categories (`c_*`). */
export const categories = (columns: readonly string[]): Family => ({
  name: 'categories',
  title: "Categories: the log's own labels",
  features: columns.flatMap(category),
});
