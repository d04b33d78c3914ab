import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { openParquet } from '../../../core/ingest/read/parquet.ts';

const folder = mkdtempSync(join(tmpdir(), 'nightjar-parquet-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The records of a Parquet file that holds the result of a query. */
const recordsOf = async (sql: string): Promise<readonly string[]> => {
  const path = join(folder, 'table.parquet');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`COPY (${sql}) TO '${path}' (FORMAT parquet)`);
  const table = await openParquet(path, 'table.parquet');
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of table.chunks()) chunks.push(chunk.slice());
    return Buffer.concat(chunks).toString().split('\n').slice(0, -1);
  } finally {
    table.close();
  }
};

describe('a Parquet file', () => {
  it.each([
    [
      'numbers',
      `1 AS a, -0.1 AS b, 1e300::DOUBLE AS c, 2::UTINYINT AS d, 12.50::DECIMAL(9, 2) AS e`,
      '1,-0.1,1e+300,2,12.50',
    ],
    ['what is no number', `'nan'::DOUBLE AS a, '-infinity'::DOUBLE AS b, true AS c`, 'nan,-inf,true'],
    ['texts in quotes', `'a,"b"' AS a, '' AS b, 'ü' AS c`, '"a,""b""","","ü"'],
    ['missing values', `NULL::VARCHAR AS a, 1 AS b, NULL::DOUBLE AS c`, ',1,'],
    ['times', `DATE '2026-01-02' AS a, TIMESTAMP '2026-01-02 03:04:05.6' AS b`, '2026-01-02,2026-01-02 03:04:05.6'],
    ['values within values', `[1, 2] AS a, {'b': 'c'} AS s`, `"[1, 2]","{'b': c}"`],
  ])('gives %s', async (_, columns, record) => {
    expect(await recordsOf(`SELECT ${columns}`)).toEqual([record]);
  });

  it('may have 1,500 columns', async () => {
    const columns = Array.from({ length: 1500 }, (_, i) => `i + ${i} AS c${i}`);
    const records = await recordsOf(`SELECT ${columns.join(', ')} FROM range(3) AS t(i)`);
    expect(records.map((record) => record.split(',').length)).toEqual([1500, 1500, 1500]);
    expect(records[2]?.split(',').at(-1)).toBe('1501');
  });
});
