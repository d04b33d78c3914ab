import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnsOf, featuresOf, isNumberColumn } from '../../../../core/rules/export/columns.ts';
import { fixturesOf, microsOfRecord, type FixtureRecord } from '../../../../core/rules/export/fixtures/index.ts';
import { seededRandom } from '../../../../core/random/index.ts';
import { SIGMA_RULES, UNSAYABLE } from '../sample-rules.ts';
import { connect, fill, hitsOf, queryOf } from './duckdb.ts';
import { sortHits, type Event, type Features } from './oracle.ts';

/** A rule over actors that has expired on the day of this test would hit nobody. */
const RULES = [...SIGMA_RULES, ...UNSAYABLE].filter((rule) => rule.over === 'events' || rule.expires === null);

const eventOf = (record: FixtureRecord): Event => {
  const us = microsOfRecord(record);
  return { ...record, ts: Number.isNaN(us) ? null : us };
};
const valuesOf = (record: FixtureRecord): Features[string] =>
  Object.fromEntries(Object.entries(record).map(([name, x]) => [name, typeof x === 'number' ? x : null]));

describe('the query for DuckDB over the made-up records that go with an exported rule', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await connect();
  });
  afterAll(() => connection.closeSync());

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s: finds exactly the expected hits', async (_, rule) => {
    const fixtures = fixturesOf(rule, seededRandom(1), undefined, { exactAge: true });
    const features: Features = Object.fromEntries(
      fixtures.features.map((record) => [String(record['actor_id']), valuesOf(record)]),
    );
    const columns = columnsOf(rule).map((name) => [name, isNumberColumn(name) ? 'DOUBLE' : 'VARCHAR'] as const);
    await fill(connection, fixtures.events.map(eventOf), features, columns, featuresOf(rule));
    expect(fixtures.hits.length).toBeGreaterThan(0);
    expect(await hitsOf(connection, rule, queryOf(rule, 'duckdb'))).toEqual(sortHits(fixtures.hits));
  });
});
