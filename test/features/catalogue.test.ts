import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { families, selectFeatures } from '../../core/features/catalogue.ts';
import { duckdb, spark } from '../../core/features/dialect.ts';
import { featureDictionary, featureDictionaryMarkdown } from '../../core/features/index.ts';
import { planFeatures } from '../../core/features/plan.ts';
import { EVENT_COLUMNS } from '../../core/ingest/schema.ts';

const EVERYTHING = new Set([...EVENT_COLUMNS.map(({ name }) => name), 'm_load', 'c_plan', 'b_reply_to']);

test('docs/features.md is the catalogue', () => {
  const docs = new URL('../../docs/features.md', import.meta.url);
  expect(readFileSync(docs, 'utf8')).toBe(featureDictionaryMarkdown());
});

test('names are unique, and every feature has a sentence, a formula, a unit and real columns', () => {
  const dictionary = featureDictionary();
  expect(new Set(dictionary.map(({ name }) => name)).size).toBe(dictionary.length);
  for (const info of dictionary) {
    expect(info.sentence).toMatch(/^[A-Z].*\.$/);
    expect(info.formula.length).toBeGreaterThan(3);
    expect(info.unit.length).toBeGreaterThan(3);
    for (const column of info.needs) {
      expect(EVENT_COLUMNS.some(({ name }) => name === column) || /^[mcb]_NAME$/.test(column)).toBe(true);
    }
  }
});

test('every feature has a literal test that names it', () => {
  const files = [
    'volume',
    'timing',
    'breadth',
    'outcome',
    'amount',
    'origin',
    'inbound',
    'text',
    'sequence',
    'action-mix',
    'columns-of-the-log',
  ];
  const tests = files.map((file) => readFileSync(new URL(`./${file}.test.ts`, import.meta.url), 'utf8')).join('\n');
  for (const { name } of featureDictionary()) {
    expect(tests).toContain(
      name
        .replace('m_NAME', 'm_load')
        .replace('c_NAME', 'c_plan')
        .replace('b_NAME', 'b_reply_to')
        .replace('share_name', 'share_view'),
    );
  }
});

const statements = (dialect: typeof duckdb, scope: 'actor' | 'window'): readonly string[] => {
  const kept = selectFeatures(EVERYTHING).kept.filter(({ feature }) => scope === 'actor' || feature.windowed);
  const plan = planFeatures(kept, {
    dialect,
    available: EVERYTHING,
    scope,
    ...(scope === 'window' ? { windowStart: dialect.epochMicros('e.ts') } : {}),
  });
  const fills = plan.passes.flatMap((pass) => pass.statements.flatMap((s) => ('fills' in s ? s.sql : [])));
  return [...fills, plan.result];
};

/** What one of the two engines lacks, or reads differently. */
const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
  ['a decimal literal instead of 1e0', /(?<![\w.])\d+\.\d/],
  ['a cast with ::', /::/],
  ['integer division with //', /\/\//],
  ['QUALIFY', /\bQUALIFY\b/i],
  ['EXCLUDE or REPLACE in a select list', /\b(EXCLUDE|REPLACE)\b/i],
  ['a lambda', /->/],
  ['GROUP BY ALL', /\bGROUP BY ALL\b/i],
  ['an approximate or sampling aggregate', /\b(approx_|reservoir|hash\(|TABLESAMPLE|any_value|first\()/i],
  ['avg, whose order is not fixed', /\b(avg|mean|stddev|var_|corr)\w*\(/i],
];

test.each([
  ['duckdb', 'actor'],
  ['duckdb', 'window'],
  ['spark', 'actor'],
  ['spark', 'window'],
] as const)('the %s text per %s keeps to the portable subset', (engine, scope) => {
  for (const sql of statements(engine === 'duckdb' ? duckdb : spark, scope)) {
    for (const [what, pattern] of FORBIDDEN) expect(sql, what).not.toMatch(pattern);
    expect(sql).not.toMatch(/undefined|NaN|\[object/);
  }
});

test('Spark text holds no word of DuckDB only, and the other way round', () => {
  const text = (dialect: typeof duckdb): string =>
    [...statements(dialect, 'actor'), ...statements(dialect, 'window')].join('\n');
  expect(text(spark)).not.toMatch(/"|epoch_us|make_timestamp|quantile_cont|HUGEINT/);
  expect(text(duckdb)).not.toMatch(/`|unix_micros|timestamp_micros|percentile\(/);
});

test('the catalogue stays small enough that no idea drowns another', () => {
  const fixed = families(new Set()).flatMap(({ features }) => features);
  expect(fixed.length).toBeGreaterThanOrEqual(40);
  expect(fixed.length).toBeLessThanOrEqual(66);
});
