import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { readEntities, type EntityOptions } from '../../core/ingest/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'nightjar-entities-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The result of a query, read as an entity table from Parquet and from CSV. */
const readBoth = async (sql: string, options: Partial<EntityOptions> = {}) => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const read = async (name: string, how: string) => {
    const path = join(folder, name);
    await connection.run(`COPY (${sql}) TO '${path}' (${how})`);
    const { table, labels, rows, quarantined, warnings } = await readEntities(
      path,
      { key: new Uint8Array(32), threads: 1, ...options },
      {},
    );
    return { table, labels, rows, quarantined, warnings };
  };
  return { parquet: await read('table.parquet', 'FORMAT parquet'), csv: await read('table.csv', 'FORMAT csv, HEADER') };
};

const ROWS = `range(100) AS t(i)`;

describe('an entity table in Parquet gives what the same table in CSV gives', () => {
  it('for all kinds of numbers, with what is missing and what is no number', async () => {
    const { parquet, csv } = await readBoth(`SELECT
      (i * 37 % 101 - 50)::TINYINT AS tiny, (i * 3 % 200)::UTINYINT AS utiny, (i * 331 - 9000)::SMALLINT AS small,
      (i * 600)::USMALLINT AS usmall, (i * 21474836)::INTEGER AS whole, (4294967295 - i)::UINTEGER AS unsigned,
      (9007199254740900 + i)::BIGINT AS big, -i::BIGINT AS little, (i::UBIGINT + 18446744073709551000) AS ubig,
      (i / 7)::DOUBLE AS real, (i / 7)::FLOAT AS single, (i * 0.25)::DECIMAL(9, 2) AS price, i % 3 = 0 AS truth,
      CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN 'nan'::DOUBLE WHEN 2 THEN '-inf'::DOUBLE WHEN 3 THEN -0.0::DOUBLE ELSE 1e-300 END AS odd,
      i::HUGEINT AS huge FROM ${ROWS}`);
    expect(parquet).toEqual(csv);
    expect(parquet.table.names).toHaveLength(15);
    expect(parquet.table.columns[10]?.[1]).toBe(0.14285715); // as the FLOAT is written, not the double next to it
    expect(parquet.table.columns[13]?.slice(0, 5)).toEqual(
      Float64Array.of(Number.NaN, Number.NaN, -Infinity, -0, 1e-300),
    );
    expect(parquet.warnings.filter((warning) => warning.includes('"big"'))).toHaveLength(1);
  });

  it('with an id, a category, and a label that is missing here and there', async () => {
    const { parquet, csv } = await readBoth(
      `SELECT 'u' || i AS user_id, i AS a, CASE WHEN i % 4 = 0 THEN NULL ELSE i % 2 END AS label,
        'k' || (i % 3) AS kind FROM ${ROWS}`,
      { label: 'label' },
    );
    expect(parquet).toEqual(csv);
    expect(parquet.labels.slice(0, 3)).toEqual([null, '1', '0']);
    expect(parquet.table.names).toEqual(['a', 'kind']);
  });

  it('with nothing beside numbers but a label that is missing here and there', async () => {
    const { parquet, csv } = await readBoth(
      `SELECT i AS a, i * 2 AS b, CASE WHEN i % 4 = 0 THEN NULL ELSE i % 2 END AS label FROM ${ROWS}`,
      { label: 'label' },
    );
    expect(parquet).toEqual(csv);
    expect(parquet.table.actors).toHaveLength(100);
  });

  it('where some rows have no id and are left out: numbers stay with their rows', async () => {
    const { parquet, csv } = await readBoth(
      `SELECT CASE WHEN i % 10 = 3 THEN NULL ELSE 'u' || i END AS user_id, i AS a, i * 2 AS b FROM ${ROWS}`,
      { id: 'user_id' },
    );
    expect(parquet).toEqual(csv);
    expect(parquet.quarantined).toBe(10);
    expect(parquet.table.columns[0]?.slice(2, 4)).toEqual(Float64Array.of(2, 4));
  });

  it('in many groups of rows, columns asked for in several parts', async () => {
    const width = 90;
    const columns = Array.from({ length: width }, (_, j) => `i * ${j + 1} % 1009 AS c${j}`);
    const path = join(folder, 'wide.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(
      `COPY (SELECT ${columns.join(', ')} FROM range(50000) AS t(i)) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 8192)`,
    );
    const { table } = await readEntities(path, { key: new Uint8Array(32), threads: 1 }, {});
    let wrong = 0;
    table.columns.forEach((column, j) =>
      column.forEach((value, i) => (wrong += value === (i * (j + 1)) % 1009 ? 0 : 1)),
    );
    expect([table.columns.length, table.actors.length, wrong]).toEqual([width, 50_000, 0]);
  });

  it('damaged in the middle it is refused, and nothing of it is shown', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const path = join(folder, 'damaged.parquet');
    const rows = `SELECT hash(i)::DOUBLE AS a, i AS b FROM range(20000) AS t(i)`;
    await connection.run(`COPY (${rows}) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 5000)`);
    const bytes = readFileSync(path);
    const middle = Math.floor(bytes.length / 2);
    writeFileSync(path, bytes.fill(0xff, middle, middle + 4096));
    const reading = readEntities(path, { key: new Uint8Array(32), threads: 1 }, {});
    await expect(reading).rejects.toMatchObject({ code: 'input', message: 'This Parquet file cannot be read.' });
  });

  it('stops at once when it is cancelled', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const path = join(folder, 'cancelled.parquet');
    await connection.run(`COPY (SELECT i AS a, i AS b FROM range(10) AS t(i)) TO '${path}' (FORMAT parquet)`);
    const signal = AbortSignal.abort();
    const reading = readEntities(path, { key: new Uint8Array(32), threads: 1 }, { signal });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  });
});
