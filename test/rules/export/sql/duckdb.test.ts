import type { DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actorRule, eventRule, events, features } from './arbitraries.ts';
import { connect, fill, hitsOf, queryOf } from './duckdb.ts';
import { oracle } from './oracle.ts';

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
      { numRuns: Number(process.env['RUNS'] ?? 300) },
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
