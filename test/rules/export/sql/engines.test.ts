import type { DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SQL_DIALECTS } from '../../../../core/rules/export/sql/dialects.ts';
import { eventQuery } from '../../../../core/rules/export/sql/event-query.ts';
import { actorRule, eventRule, events, features } from './arbitraries.ts';
import { connect, fill, hitsOf, OPTIONS, queryOf } from './duckdb.ts';
import { oracle } from './oracle.ts';
import { hasSqlite, hitsInSqlite } from './sqlite.ts';

describe('the query for DuckDB gives the hits that docs/rules.md says', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await connect();
  });
  afterAll(() => connection.closeSync());

  it('of random rules over random events', async () => {
    await fc.assert(
      fc.asyncProperty(eventRule, events, features, async (rule, rows, of) => {
        await fill(connection, rows, of);
        expect(await hitsOf(connection, rule, queryOf(rule, 'duckdb'))).toEqual(oracle(rule, rows, of));
      }),
      { numRuns: 300 },
    );
  });

  it('also where a dialect has no ranges that are wide enough', async () => {
    const [duckdb] = SQL_DIALECTS.filter(({ engine }) => engine === 'duckdb');
    if (duckdb === undefined) throw new Error('there is no dialect for DuckDB');
    await fc.assert(
      fc.asyncProperty(eventRule, events, features, async (rule, rows, of) => {
        fc.pre(rule.window.kind === 'sliding');
        await fill(connection, rows, of);
        const query = eventQuery(rule, OPTIONS, { ...duckdb, hasRanges: false });
        expect(query).not.toContain('RANGE');
        expect(await hitsOf(connection, rule, query)).toEqual(oracle(rule, rows, of));
      }),
      { numRuns: 150 },
    );
  });

  it('of random rules over actors', async () => {
    await fc.assert(
      fc.asyncProperty(actorRule, features, async (rule, of) => {
        await fill(connection, [], of);
        const today = Date.now() * 1000;
        expect(await hitsOf(connection, rule, queryOf(rule, 'duckdb'))).toEqual(oracle(rule, [], of, today));
      }),
      { numRuns: 150 },
    );
  });
});

// Node 20 comes without SQLite: there only bench:rules-sql runs these queries.
if (hasSqlite) {
  describe('the query for SQLite', () => {
    it('gives the hits that docs/rules.md says', () => {
      fc.assert(
        fc.property(eventRule, events, features, (rule, rows, of) => {
          expect(hitsInSqlite(rule, queryOf(rule, 'sqlite'), rows, of)).toEqual(oracle(rule, rows, of));
        }),
        { numRuns: 300 },
      );
    });
  });
}
