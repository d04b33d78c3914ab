import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';

import { appendColumns, numberColumn, readColumns, textColumn } from '../../core/store/index.ts';
import { failure } from './support.ts';

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});

describe('readColumns', () => {
  test('reads every numeric type as a number, NULL as NaN', async () => {
    const read = await readColumns(
      connection,
      `SELECT * FROM (VALUES
        (1.5::DOUBLE, 0.25::FLOAT, 7::INTEGER, -9007199254740991::BIGINT, 12::HUGEINT, true, 1.23::DECIMAL(9,2),
         TIMESTAMP '1970-01-01 00:00:01.000002', 200::UTINYINT, -3::SMALLINT),
        (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        ('-inf'::DOUBLE, 'inf'::FLOAT, -7, 4294967296, -12, false, -0.5, TIMESTAMP '1969-12-31 23:59:59', 0, 3)
       ) AS t (a, b, c, d, e, f, g, h, i, j)`,
    );
    const rows = [0, 1, 2].map((row) => read.columns.map((column) => column[row]));
    expect(rows[0]).toEqual([1.5, 0.25, 7, -9007199254740991, 12, 1, 1.23, 1_000_002, 200, -3]);
    expect(rows[1]).toEqual(Array(10).fill(Number.NaN));
    expect(rows[2]).toEqual([-Infinity, Infinity, -7, 4294967296, -12, 0, -0.5, -1_000_000, 0, 3]);
  });

  test('reads text, and other types as text', async () => {
    const sql = `SELECT unnest(['a', NULL, '', 'longer than twelve bytes é']) AS t, DATE '2026-01-02' AS d`;
    const read = await readColumns(connection, sql);
    expect(textColumn(read, 't')).toEqual(['a', null, '', 'longer than twelve bytes é']);
    expect(textColumn(read, 'd')[0]).toBe('2026-01-02');
  });

  test('crosses chunks without losing a row', async () => {
    const sql = 'SELECT range AS n, CASE WHEN range % 3 = 0 THEN NULL ELSE range END AS m FROM range($1)';
    const read = await readColumns(connection, sql, [10_000]);
    expect(read.rows).toBe(10_000);
    expect(numberColumn(read, 'n')).toEqual(Float64Array.from({ length: 10_000 }, (_, i) => i));
    expect(numberColumn(read, 'm')).toEqual(
      Float64Array.from({ length: 10_000 }, (_, i) => (i % 3 === 0 ? Number.NaN : i)),
    );
    expect((await readColumns(connection, 'SELECT 1 AS n WHERE false')).columns[0]).toEqual(new Float64Array(0));
  });

  test('refuses an integer it cannot hold, and says nothing of it', async () => {
    const error = await failure(() => readColumns(connection, 'SELECT 9007199254740992::BIGINT AS n'));
    expect(error.code).toBe('internal');
    expect(error.message).not.toContain('9007');
  });

  test('keeps SQL and values out of its errors', async () => {
    const error = await failure(() => readColumns(connection, `SELECT 'alice@example.org'::INTEGER`));
    expect(error.message).toBe('The database could not do this (Conversion Error).');
    expect(JSON.stringify([error, error.cause, error.stack])).not.toContain('alice');
  });
});

describe('appendColumns', () => {
  test('gives back what it was given', async () => {
    await connection.run('CREATE TABLE t (d DOUBLE, i INTEGER, b BIGINT, s VARCHAR, x TIMESTAMP, missing VARCHAR)');
    const row = fc.record({
      d: fc.double(),
      i: fc.option(fc.integer()),
      b: fc.option(fc.maxSafeInteger()),
      s: fc.option(fc.string({ unit: 'binary' })),
      x: fc.integer(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
        await connection.run('DELETE FROM t');
        await appendColumns(connection, 't', rows.length, {
          d: Float64Array.from(rows, ({ d }) => d),
          i: rows.map(({ i }) => i),
          b: rows.map(({ b }) => b),
          s: rows.map(({ s }) => s),
          x: rows.map(({ x }) => x),
        });
        const read = await readColumns(connection, 'SELECT * FROM t ORDER BY rowid');
        expect([...numberColumn(read, 'd')]).toEqual(rows.map(({ d }) => d));
        expect([...numberColumn(read, 'i')]).toEqual(rows.map(({ i }) => i ?? Number.NaN));
        expect([...numberColumn(read, 'b')]).toEqual(rows.map(({ b }) => (b === null ? Number.NaN : b + 0)));
        expect(textColumn(read, 's')).toEqual(rows.map(({ s }) => (s === null ? null : Buffer.from(s).toString())));
        expect([...numberColumn(read, 'x')]).toEqual(rows.map(({ x }) => x + 0));
        expect(textColumn(read, 'missing').every((value) => value === null)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('repeats a constant over many chunks', async () => {
    await connection.run('CREATE TABLE c (k VARCHAR, n INTEGER)');
    const n = Float64Array.from({ length: 5000 }, (_, i) => i);
    await appendColumns(connection, 'c', 5000, { k: 'same', n });
    const read = await readColumns(connection, 'SELECT count(*) AS n, sum(n) AS s, min(k) AS k FROM c');
    expect(read.columns.map((column) => column[0])).toEqual([5000, 12_497_500, 'same']);
  });

  test.each([
    ['an unknown column', { nobody: 1 }],
    ['a column of another length', { n: [1] }],
    ['a value of another type', { n: 'text' }],
  ])('refuses %s', async (_name, columns) => {
    await connection.run('CREATE TABLE IF NOT EXISTS r (n INTEGER)');
    expect((await failure(() => appendColumns(connection, 'r', 2, columns))).code).toBe('internal');
    expect(numberColumn(await readColumns(connection, 'SELECT count(*) AS n FROM r'), 'n')[0]).toBe(0);
  });
});
