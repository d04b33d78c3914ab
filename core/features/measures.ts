import { countIf } from './expressions.ts';
import type { Family, Feature } from './feature.ts';
import { steps } from './steps.ts';

const measure = (column: string): readonly Feature[] => {
  const label = column.slice(2);
  const common = { unit: 'measure', needs: [column], over: steps, worse: 'both' } as const;
  return [
    {
      ...common,
      name: `${column}_median`,
      sentence: `The typical value of ${label}.`,
      formula: `median of ${column}`,
      sql: (dialect) => dialect.quartile(dialect.name(column), 2),
    },
    {
      ...common,
      name: `${column}_max`,
      sentence: `The largest value of ${label}.`,
      formula: `maximum of ${column}`,
      sql: (dialect) => `max(${dialect.name(column)})`,
    },
    {
      ...common,
      name: `${column}_spread`,
      sentence: `How much the middle half of ${label} varies.`,
      formula: `Q3 − Q1 of ${column}; two values or more`,
      sql: (dialect) => {
        const x = dialect.name(column);
        return `CASE WHEN ${countIf(`${x} IS NOT NULL`)} >= 2 THEN
          ${dialect.quartile(x, 3)} - ${dialect.quartile(x, 1)} END`;
      },
    },
  ];
};

/** Features of the log's own numeric columns (`m_*`). */
export const measures = (columns: readonly string[]): Family => ({
  name: 'measures',
  title: "Measures: the log's own numbers",
  features: columns.flatMap(measure),
});
