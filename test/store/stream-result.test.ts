import { setTimeout as delay } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createReaders, openDatabase, readColumns, streamResult, textColumn } from '../../core/store/index.ts';
import { numberColumn } from '../../core/store/read-columns.ts';
import { failure } from './support.ts';

const ROWS = 500_000;

const open = async (): Promise<{ connection: DuckDBConnection; connect: () => Promise<DuckDBConnection> }> => {
  const database = await openDatabase(':memory:', {
    threads: 2,
    memoryLimitBytes: 1 << 28,
    tmpDirectory: '',
    throwaway: true,
  });
  onTestFinished(() => database.close());
  return { connection: database.connection, connect: () => database.connect() };
};

const drain = async (connection: DuckDBConnection, sql: string, onChunk: () => unknown = () => undefined) => {
  const result = await streamResult(connection, sql);
  let rows = 0;
  for (let chunk = await result.next(); chunk !== null; chunk = await result.next()) {
    rows += chunk.rowCount;
    await onChunk();
  }
  return rows;
};

describe('a streamed result', () => {
  it('has its rows, names and types, in its order, whatever their number', async () => {
    const { connection } = await open();
    for (const rows of [0, 1, 2047, 2048, 2049, 100_000]) {
      const sql = `SELECT -i AS "minus", 'n' || i AS name FROM range(${rows}) AS t(i) ORDER BY hash(i) -- all`;
      const read = await readColumns(connection, sql);
      expect([read.rows, read.names]).toEqual([rows, ['minus', 'name']]);
      const names = textColumn(read, 'name');
      expect(new Set(names).size).toBe(rows);
      expect(names.every((name, i) => name === `n${-(numberColumn(read, 'minus')[i] ?? 0)}`)).toBe(true);
      const hashes = await readColumns(
        connection,
        `SELECT hash(i)::VARCHAR AS h FROM range(${rows}) AS t(i) ORDER BY hash(i)`,
      );
      const sorted = textColumn(hashes, 'h').map((hash) => BigInt(hash ?? ''));
      expect(sorted.every((hash, i) => i === 0 || (sorted[i - 1] ?? 0n) <= hash)).toBe(true);
    }
  });

  it('that fails in its middle fails, and does not end', async () => {
    const { connection } = await open();
    const sql = `SELECT CASE WHEN i = ${ROWS - 1} THEN error('boom')::INT ELSE i END FROM range(${ROWS}) AS t(i)`;
    await expect(drain(connection, sql)).rejects.toThrow('boom');
    expect((await failure(() => readColumns(connection, sql))).code).toBe('internal');
    expect(await drain(connection, `FROM range(${ROWS})`)).toBe(ROWS); // the connection is as good as before
  });

  it('that is interrupted fails', async () => {
    const { connection, connect } = await open();
    const slow = `SELECT i FROM range(${ROWS}) AS t(i)`;
    const cut = drain(connection, slow, () => connection.interrupt());
    await expect(cut).rejects.toThrow('stopped before the end');

    const readers = createReaders({ connect });
    const abort = new AbortController();
    const long = failure(() => readers.read(async (of) => await drain(of, slow, () => abort.abort()), abort.signal));
    expect((await long).code).toBe('cancelled');
    await readers.close();
  });

  it('that another query on its connection cut off fails', async () => {
    const { connection } = await open();
    const result = await streamResult(connection, `FROM range(${ROWS})`);
    await connection.run('SELECT 1');
    await expect(result.next()).rejects.toThrow('stopped before the end');
  });

  it('is never taken for whole by a reader that was cancelled', async () => {
    const { connect } = await open();
    const readers = createReaders({ connect });
    const abort = new AbortController();
    const part = failure(() =>
      readers.read(async () => {
        abort.abort();
        await delay(1);
        return 'what there was';
      }, abort.signal),
    );
    expect((await part).code).toBe('cancelled');
    await readers.close();
  });
});
