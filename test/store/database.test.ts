import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { mapDuckDBError, openDatabase, readColumns } from '../../core/store/index.ts';
import { failure, scratch } from './support.ts';

const open = async (allowedFiles: readonly string[] = []) => {
  const root = scratch();
  mkdirSync(join(root, 'tmp'));
  const tmpDirectory = join(root, 'tmp');
  const path = join(root, 'data.duckdb');
  const files = allowedFiles.map((name) => join(root, name));
  for (const name of ['one.csv', "it's.csv"]) writeFileSync(join(root, name), 'a,b\n1,2\n');
  const options = { tmpDirectory, allowedFiles: files, threads: 2, memoryLimitBytes: 200e6 };
  return { root, path, options, database: await openDatabase(path, options) };
};

describe('a locked-down database', () => {
  test.each([
    ['reads no other file', "SELECT * FROM read_csv('ROOT/one.csv')"],
    ['reads no text', "SELECT content FROM read_text('/etc/hostname')"],
    ['lists no directory', "SELECT * FROM glob('ROOT/*')"],
    ['writes no file elsewhere', "COPY (SELECT 1) TO '/tmp/nightjar-elsewhere.csv'"],
    ['writes no file beside the database', "COPY (SELECT 1) TO 'ROOT/journal.ndjson'"],
    ['exports no database', "EXPORT DATABASE 'ROOT/export'"],
    ['attaches no other database', "ATTACH 'ROOT/other.duckdb' AS other"],
    ['installs no extension', 'INSTALL httpfs'],
    ['loads no extension', 'LOAD httpfs'],
    ['loads no extension file', "LOAD 'ROOT/evil.duckdb_extension'"],
    ['changes no setting', 'SET threads = 1'],
    ['resets no setting', 'RESET memory_limit'],
    ['gives itself no access', 'SET enable_external_access = true'],
    ['allows itself no directory', "SET allowed_directories = ['/']"],
    ['allows itself no extension', 'SET allow_unsigned_extensions = true'],
  ])('%s', async (_name, sql) => {
    const { root, database } = await open();
    await expect(database.connection.run(sql.replace('ROOT', root))).rejects.toThrow(
      /Permission Error|configuration has been locked/,
    );
    expect(readdirSync(root).toSorted()).toEqual(
      [
        'data.duckdb',
        "it's.csv",
        'one.csv',
        'tmp',
        ...(existsSync(join(root, 'data.duckdb.wal')) ? ['data.duckdb.wal'] : []),
      ].toSorted(),
    );
    database.close();
  });

  test('reads exactly the files it was allowed', async () => {
    const { root, database } = await open(["it's.csv"]);
    const path = join(root, "it's.csv");
    const read = await readColumns(database.connection, 'SELECT * FROM read_csv($1)', [path]);
    expect(read.columns.map((column) => column[0])).toEqual([1, 2]);
    await expect(database.connection.run(`SELECT * FROM read_csv('${root}/one.csv')`)).rejects.toThrow('Permission');
    await expect(database.connection.run(`SELECT * FROM read_csv('${root}/*.csv')`)).rejects.toThrow('Permission');
    database.close();
  });

  test('spills into its own directory and survives a restart', async () => {
    const { path, options, database } = await open();
    await database.connection.run('CREATE TABLE t AS SELECT range AS n, md5(range::VARCHAR) AS s FROM range(3000000)');
    await database.connection.run('CREATE TABLE u AS SELECT * FROM t ORDER BY s');
    await database.connection.run('CHECKPOINT');
    database.close();
    const again = await openDatabase(path, options);
    expect((await readColumns(again.connection, 'SELECT count(*) AS n FROM u')).columns[0]?.[0]).toBe(3e6);
    again.close();
  });
});

describe('errors of the database', () => {
  test('too little memory', async () => {
    const { database } = await open();
    const sql = 'SELECT list(md5(range::VARCHAR)) FROM range(20000000)';
    const error = await failure(() => readColumns(database.connection, sql));
    expect(error.code).toBe('memory');
    expect(error.next).toBe('Raise the memory limit or use fewer threads.');
    database.close();
  });

  test('a database that was cut short or overwritten', async () => {
    const { path, options, database } = await open();
    await database.connection.run('CREATE TABLE t AS SELECT range AS n FROM range(100000)');
    database.close();
    for (const bytes of [100_000, 5000, 100, 0]) {
      truncateSync(path, bytes);
      const error = await failure(async () => {
        const opened = await openDatabase(path, options);
        await readColumns(opened.connection, 'SELECT sum(n) FROM t').finally(() => opened.close());
      });
      expect(error.code).toBe('case-damaged');
    }
    writeFileSync(path, 'not a database'.repeat(1000));
    expect((await failure(() => openDatabase(path, options))).code).toBe('case-damaged');
  });

  test.each([
    ['IO Error: Could not write all bytes to file "x": No space left on device', 'disk-full'],
    ['Out of Memory Error: failed to offload data block of size 256.0 KiB', 'disk-full'],
    ['Out of Memory Error: could not allocate block of size 256.0 KiB', 'memory'],
    ['INTERRUPT Error: Interrupted!', 'cancelled'],
    ['IO Error: Could not set lock on file "x": Conflicting lock is held in node (PID 1)', 'case-locked'],
    ['IO Error: Cannot open file "x": Permission denied', 'input'],
    ["Conversion Error: Could not convert string 'permission denied by alice' to INT32", 'internal'],
    ['Binder Error: Referenced column "alice" not found', 'internal'],
    ['something else about alice', 'internal'],
  ])('%s', (text, code) => {
    const error = mapDuckDBError(new Error(text), 'data.duckdb');
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('alice');
    expect(error.where).toBe('data.duckdb');
  });
});
