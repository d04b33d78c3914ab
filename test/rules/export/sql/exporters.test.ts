import { describe, expect, it } from 'vitest';
import type { ExportOptions, FeatureSql } from '../../../../core/rules/export/exporter.ts';
import { SQL_EXPORTERS } from '../../../../core/rules/export/sql/index.ts';
import type { EventFilter, Rule } from '../../../../core/rules/schema.ts';
import { actorRule, eventRule, is, sliding } from '../sample-rules.ts';
import { OPTIONS, queryOf } from './duckdb.ts';

const withText = (value: string): Rule =>
  eventRule('texts', { where: { all: [is('action', value), { column: 'country', op: 'in', values: ['DE'] }] } });
const exporter = (name: string) => SQL_EXPORTERS.find((each) => each.name === name);
/** The query without its head. */
const bodyOf = (rule: Rule, engine: string, options: ExportOptions = OPTIONS): string =>
  queryOf(rule, engine, options).replaceAll(/^--.*\n/gm, '');

describe('exported SQL', () => {
  it('has one exporter per dialect', () => {
    expect(SQL_EXPORTERS.map(({ name }) => name)).toEqual([
      'sql:duckdb',
      'sql:sqlite',
      'sql:postgres',
      'sql:spark',
      'sql:bigquery',
      'sql:snowflake',
      'sql:clickhouse',
      'sql:trino',
    ]);
  });

  it('reads like this', () => {
    const rule = eventRule('failed_logins', {
      where: { all: [is('action', 'login'), { not: is('outcome', 'success') }] },
      window: sliding('10m'),
      when: [{ kind: 'count', where: null, op: '>=', value: 5 }],
      expires: '2030-01-01',
    });
    expect(queryOf(rule, 'duckdb')).toBe(`-- rule failed_logins "Rule failed_logins"
--   intent "Made up for a test."
--   severity medium
--   effect review
--   author "a tester"
--   expires 2030-01-01
--   for each actor_id
--   over events where action = "login" and outcome != "success"
--   in any 10 minutes
--   when count() >= 5
--
-- For DuckDB.
-- Events: "events" with "ts", "actor_id" (text), "action" (text), "outcome" (text).
-- ts: a timestamp; one without a time zone is taken as UTC
-- Result: one row per hit: rule, actor_id, at (microseconds since 1970 UTC), at_time (for people).
--
WITH seen AS (
  SELECT e."actor_id" AS group_1, epoch_us(e."ts") AS us, 1 AS count_1
  FROM "events" AS e
  WHERE e."ts" IS NOT NULL
    AND e."actor_id" IS NOT NULL
    AND (e."action" = 'login' AND NOT COALESCE(e."outcome" = 'success', FALSE))
    AND epoch_us(e."ts") < 1893456000000000
),
instants AS (
  SELECT c.group_1, c.us, SUM(c.count_1) AS count_1
  FROM seen AS c
  GROUP BY c.group_1, c.us
),
windows AS (
  SELECT
    i.group_1,
    i.us,
    SUM(i.count_1) OVER (PARTITION BY i.group_1 ORDER BY i.us RANGE BETWEEN 599999999 PRECEDING AND CURRENT ROW) AS count_1
  FROM instants AS i
)
SELECT
  'failed_logins' AS "rule",
  w.group_1 AS "actor_id",
  w.us AS "at",
  make_timestamp(w.us) AS "at_time"
FROM windows AS w
WHERE w.count_1 >= 5;
`);
  });

  it.each([
    ['duckdb', `'it''s \\ "x" \`y\` \${z}'`],
    ['sqlite', `'it''s \\ "x" \`y\` \${z}'`],
    ['postgres', `E'it''s \\\\ "x" \`y\` \${z}'`],
    ['spark', `'it\\'s \\\\ "x" \`y\` \\u0024{z}'`],
    ['bigquery', `'it\\'s \\\\ "x" \`y\` \${z}'`],
    ['snowflake', `'it\\'s \\\\ "x" \`y\` \${z}'`],
    ['clickhouse', `'it\\'s \\\\ "x" \`y\` \${z}'`],
    ['trino', `'it''s \\ "x" \`y\` \${z}'`],
  ])('quotes texts for %s', (engine, literal) => {
    expect(bodyOf(withText('it\'s \\ "x" `y` ${z}'), engine)).toContain(`= ${literal} AND`);
  });

  it.each([
    ['duckdb', `('a' || chr(10) || 'b' || chr(8238) || '🌍' || chr(917505))`],
    ['sqlite', `('a' || char(10) || 'b' || char(8238) || '🌍' || char(917505))`],
    ['postgres', `E'a\\u000ab\\u202e🌍\\U000e0001'`],
    ['spark', `'a\\u000ab\\u202e🌍\\udb40\\udc01'`],
    ['bigquery', `'a\\u000ab\\u202e🌍\\U000e0001'`],
    ['snowflake', `('a' || chr(10) || 'b' || chr(8238) || '🌍' || chr(917505))`],
    ['clickhouse', `'a\\x0ab\\xe2\\x80\\xae🌍\\xf3\\xa0\\x80\\x81'`],
    ['trino', `('a' || chr(10) || 'b' || chr(8238) || '🌍' || chr(917505))`],
  ])('shows hidden characters as numbers for %s', (engine, literal) => {
    expect(bodyOf(withText('a\nb\u202e🌍\u{e0001}'), engine)).toContain(`= ${literal} AND`);
  });

  it.each([
    ['duckdb', '"my ""own"" events"."log" AS e', 'e."Who"'],
    ['sqlite', '"my ""own"" events"."log" AS e', 'e."Who"'],
    ['postgres', '"my ""own"" events"."log" AS e', 'e."Who"'],
    ['spark', '`my "own" events`.`log` AS e', 'e.`Who`'],
    ['bigquery', '`my "own" events`.`log` AS e', 'e.`Who`'],
    ['snowflake', '"my ""own"" events"."LOG" AS e', 'e."Who"'],
    ['clickhouse', '`my "own" events`.`log` AS e', 'e.`Who`'],
    ['trino', '"my ""own"" events"."log" AS e', 'e."Who"'],
  ])('quotes names for %s', (engine, table, column) => {
    const options = { ...OPTIONS, events: '"my ""own"" events".log', fields: new Map([['actor_id', 'Who']]) };
    const text = bodyOf(withText('x'), engine, options);
    expect(text).toContain(`FROM ${table}\n`);
    expect(text).toContain(`${column} IS NOT NULL`);
  });

  it('ends no comment before its line does', () => {
    const title = 'two\nlines\r; DROP TABLE x; */ {{ y }} ${z}\u2028end';
    for (const { write } of SQL_EXPORTERS) {
      const [file] = write(eventRule('titled', { title, intent: title, author: title }), OPTIONS);
      const head = file?.text.split('WITH ')[0] ?? '';
      expect(head.split('\n').filter((line) => line !== '' && !line.startsWith('--'))).toEqual([]);
      expect(head).not.toMatch(/[\r\u2028]|\{\{|\$\{/);
      expect(head).toContain('DROP TABLE x');
    }
  });

  it.each<[string, EventFilter]>([
    ['a text with U+0000', is('action', 'a\0b')],
    ['half a character', is('action', '\ud83c')],
    ['the time of an event', { column: 'ts', op: '>', value: 1 }],
    ['a name with hidden characters', is('c_a\u202eb', 'x')],
  ])('refuses %s', (_, where) => {
    const rule = eventRule('refused', { where });
    for (const each of SQL_EXPORTERS) {
      expect(each.translate(rule)).toMatchObject({ kind: 'refused', reasons: [expect.any(String)] });
      expect(() => each.write(rule, OPTIONS)).toThrow(expect.objectContaining({ code: 'usage' }));
    }
  });

  it('refuses tables that are called as its own parts', () => {
    const rule = withText('x');
    for (const events of ['seen', 'Deltas', '"windows"', 'times_1']) {
      const options = { ...OPTIONS, events };
      expect(() => exporter('sql:duckdb')?.write(rule, options)).toThrow(expect.objectContaining({ code: 'usage' }));
    }
    expect(bodyOf(rule, 'duckdb', { ...OPTIONS, events: 'main.seen' })).toContain('FROM "main"."seen" AS e');
  });

  it('makes the features where the catalogue can', () => {
    const rule = actorRule('busy', {});
    const options = {
      ...OPTIONS,
      featureSql: ({ names, engine, events, features, fieldOf }: Parameters<FeatureSql>[0]) => ({
        sql: `${engine}: ${names.join()} of ${events} into ${features} by ${fieldOf('actor_id')};`,
        reads: ['actor_id'],
        left: [{ name: 'b_x_ratio', reason: 'it is keyed' }],
      }),
    };
    const files = (name: string) =>
      exporter(name)
        ?.write(rule, options)
        .map((file) => file.name);
    expect(files('sql:duckdb')).toEqual(['busy.duckdb.sql', 'busy.features.duckdb.sql']);
    expect(files('sql:spark')).toEqual(['busy.spark.sql', 'busy.features.spark.sql']);
    expect(files('sql:trino')).toEqual(['busy.trino.sql']);
    const text = exporter('sql:spark')?.write(rule, options)[1]?.text;
    expect(text?.split('\n').at(-2)).toBe('spark: events of `events` into `features` by actor_id;');
    expect(text).toContain('-- Reads `actor_id` (who did it (pseudonym)).');
    expect(text).toContain('-- Not made here: b_x_ratio, because it is keyed.');
    expect(exporter('sql:duckdb')?.write(withText('x'), options)).toHaveLength(1);
    expect(queryOf(rule, 'trino')).toContain('-- Features: "features", one row per actor, with "actor_id", "events"');
  });
});
