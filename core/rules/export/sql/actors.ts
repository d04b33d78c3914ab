import type { ActorRule, Condition, FeatureCondition } from '../../schema.ts';
import { tableName, type SqlDialect } from './dialect.ts';
import { part, select, taken, type Column } from './select.ts';

/** The part of a query that reads the feature table: one row per actor. */
export type ActorsPart = {
  /** WITH parts, in order; the last is `actors`. */
  readonly parts: readonly string[];
  /** The condition over a row `a` of `actors`; NULL where the feature is missing. */
  readonly holds: (condition: FeatureCondition) => string;
};

/** The features that the conditions name, each as a DOUBLE without NaN, and the percentiles they ask for. */
export const actorsPart = (conditions: readonly FeatureCondition[], table: string, dialect: SqlDialect): ActorsPart => {
  const features = [...new Set(conditions.map(({ feature }) => feature))];
  const ranked = new Set(conditions.flatMap(({ kind, feature }) => (kind === 'percentile' ? [feature] : [])));
  const indexOf = (feature: string): number => features.indexOf(feature) + 1;
  const actor = `f.${dialect.name('actor_id')}`;
  const values = features.map((feature): Column => [
    `feature_${indexOf(feature)}`,
    dialect.toNumber(`f.${dialect.name(feature)}`),
  ]);
  const percentiles = features
    .filter((feature) => ranked.has(feature))
    .map((feature) => percentile(indexOf(feature), dialect));
  const read = (name: string): string =>
    part(name, [
      ...select([['actor', actor], ...values]),
      `FROM ${tableName(dialect, table)} AS f WHERE ${actor} IS NOT NULL`,
    ]);
  return {
    parts:
      percentiles.length === 0
        ? [read('actors')]
        : [
            read('features_read'),
            part('actors', [
              ...select([...taken('v', ['actor', ...values.map(([name]) => name)]), ...percentiles]),
              'FROM features_read AS v',
            ]),
          ],
    holds: ({ kind, feature, op, value }) => `a.${kind}_${indexOf(feature)} ${op} ${dialect.number(value)}`,
  };
};

/** 100 · (actors with a lower value) / (actors with a value); NULL for an actor without one. */
const percentile = (index: number, dialect: SqlDialect): Column => {
  const value = `v.feature_${index}`;
  const lower = `RANK() OVER (PARTITION BY CASE WHEN ${value} IS NULL THEN 1 ELSE 0 END ORDER BY ${value}) - 1`;
  const share = `${dialect.number(100)} * ${dialect.toDouble(lower)} / ${dialect.toDouble(`COUNT(${value}) OVER ()`)}`;
  return [`percentile_${index}`, `CASE WHEN ${value} IS NOT NULL THEN ${share} END`];
};

/** Whether a condition is about the actor rather than about what is in the window. */
export const isOfActor = (condition: Condition): condition is FeatureCondition =>
  condition.kind === 'feature' || condition.kind === 'percentile';

/** The conditions over features of a rule over actors, those of its exclusions among them. */
export const featureConditions = (rule: ActorRule): readonly FeatureCondition[] => [
  ...rule.when,
  ...rule.exclusions.flatMap(({ when }) => when),
];
