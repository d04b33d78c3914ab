import type { EventRule } from '../../schema.ts';
import type { ExportOptions } from '../exporter.ts';
import { actorsPart, isOfActor } from './actors.ts';
import { valueSql, type EventSource } from './event-source.ts';
import { isBefore } from './before.ts';
import { tableName, type SqlDialect } from './dialect.ts';
import { filterSql, notTrue } from './filter.ts';
import { deltas, hasChanges, hasSilentChanges, instants, times } from './instants.ts';
import { measureOf } from './measures.ts';
import type { EventParts, Numbered } from './parts.ts';
import { part, select, where, type Column } from './select.ts';
import { chains, windows } from './windows.ts';

/**
 * The query of a rule over events: one row per hit with `rule`, the columns of `for each`, `at` in µs since 1970, and
 * `at_time`. All times are whole microseconds, so that no engine's intervals matter. Its parts:
 *
 *   seen      the events the rule sees, with what each adds to the conditions
 *   times_i   for each value of a column, the times at which it was seen, each with the one before and after
 *   deltas    seen, and beside it what comes and goes at the times of values
 *   instants  one row per group and timestamp
 *   chains_j  for each sequence, the latest start of its first j steps that end at the instant
 *   windows   one row per group and moment, with what each condition compares
 */
export const eventQuery = (rule: EventRule, options: ExportOptions, dialect: SqlDialect): string => {
  const source: EventSource = {
    dialect,
    column: (name) => `e.${dialect.name(options.fields.get(name) ?? name)}`,
  };
  const numbered = rule.when.flatMap((condition, k): readonly Numbered[] =>
    isOfActor(condition) ? [] : [{ i: k + 1, measure: measureOf(condition, k + 1, rule.window, source) }],
  );
  const query: EventParts = { rule, source, numbered, groups: rule.groupBy.map((_, k) => `group_${k + 1}`) };
  const ofActor = rule.when.filter(isOfActor);
  const actors = ofActor.length === 0 ? null : actorsPart(ofActor, options.features, dialect);
  const parts = [
    seen(query, tableName(dialect, options.events)),
    ...numbered.filter(({ measure }) => measure.looksAtTimes).map(({ i }) => times(i, query)),
    ...(hasChanges(query) ? [deltas(query)] : []),
    instants(query),
    ...chains(query),
    windows(query),
    ...(actors?.parts ?? []),
  ];
  const hit: readonly Column[] = [
    ['rule', dialect.text(rule.id)],
    ...rule.groupBy.map((name, k): Column => [name, `w.${query.groups[k]}`]),
    ['at', 'w.us'],
    ['at_time', dialect.timestamp('w.us')],
  ];
  const conditions = [
    ...(hasSilentChanges(query) ? ['w.moments > 0'] : []),
    ...numbered.map(({ measure }) => measure.holds),
    ...(actors === null ? [] : ofActor.map(actors.holds)),
  ];
  const actor = `w.group_${rule.groupBy.indexOf('actor_id') + 1}`;
  return `${[
    `WITH ${parts.join(',\n')}`,
    ...select(hit.map(([name, sql]) => [dialect.name(name), sql])),
    `FROM windows AS w${actors === null ? '' : ` JOIN actors AS a ON a.actor = ${actor}`}`,
    ...where(conditions),
  ].join('\n')};\n`;
};

/** The events the rule sees: docs/rules.md, "Which events a rule sees". */
const seen = ({ rule, groups, source, numbered }: EventParts, table: string): string => {
  const time = source.column('ts');
  const us = source.dialect.micros(time);
  const keys = rule.groupBy.map((name) => valueSql(name, source));
  const columns: readonly Column[] = [
    ...groups.map((name, k): Column => [name, keys[k] ?? '']),
    ['us', us],
    ...numbered.flatMap(({ measure }) => measure.seen),
  ];
  return part('seen', [
    ...select(columns),
    `FROM ${table} AS e`,
    ...where([
      `${time} IS NOT NULL`,
      ...keys.map((key) => `${key} IS NOT NULL`),
      ...(rule.where === null ? [] : [filterSql(rule.where, source)]),
      ...rule.exclusions.map((each) => notTrue(`${filterSql(each.where, source)} AND ${isBefore(us, each.ends)}`)),
      ...(rule.expires === null ? [] : [isBefore(us, rule.expires)]),
    ]),
  ]);
};
