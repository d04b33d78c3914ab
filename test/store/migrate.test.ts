import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import {
  createCase,
  MIGRATIONS,
  numberColumn,
  openCase,
  readColumns,
  readDecisions,
  readRunFeatures,
  SCHEMA_VERSION,
} from '../../core/store/index.ts';
import { casePlace } from './support.ts';

/** A case as the first version left it: its tables, a run, and the feature table under its old name. */
const versionOne = async (directory: string, keyringPath: string): Promise<void> => {
  const made = await createCase(directory, { keyringPath });
  const { id } = made;
  await made.close();
  const database = join(directory, 'data.duckdb');
  rmSync(database);
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  for (const statement of MIGRATIONS[0]?.statements ?? []) await connection.run(statement);
  await connection.run(`INSERT INTO meta VALUES ('case_id', '${id}'), ('schema_version', '1')`);
  await connection.run(`INSERT INTO imports (import_id, batch_id, ordinal, vault_bytes) VALUES ('i', 'b', 1, 0)`);
  await connection.run("INSERT INTO events (actor_id, seq) VALUES ('A', 1), ('B', 2)");
  await connection.run(
    "CREATE TABLE features AS SELECT 'A' AS actor_id, 1::BIGINT AS events, 0 AS position, 2.5 AS speed",
  );
  connection.closeSync();
  instance.closeSync();
  const manifest = join(directory, 'case.json');
  const text = readFileSync(manifest, 'utf8').replace(/"schemaVersion": \d+/u, '"schemaVersion": 1');
  expect(text).toContain('"schemaVersion": 1');
  writeFileSync(manifest, text);
};

test('a case of version 1 opens, keeps what it held, and is a case of this version afterwards', async () => {
  const { directory, keyringPath } = casePlace();
  await versionOne(directory, keyringPath);
  const opened = await openCase(directory, { keyringPath });
  expect(opened.manifest.schemaVersion).toBe(SCHEMA_VERSION);
  const events = await readColumns(opened.connection, 'SELECT count(*) AS n FROM events');
  expect(numberColumn(events, 'n')[0]).toBe(2);
  expect(await readDecisions(opened.connection)).toEqual(new Map());
  const features = await readRunFeatures(opened.connection, ['speed']);
  expect(features).toMatchObject({ actors: ['A'], names: ['speed'], columns: [Float64Array.of(2.5)] });
  await opened.close();
  await (await openCase(directory, { keyringPath })).close();
  expect(readFileSync(join(directory, 'case.json'), 'utf8')).toContain(`"schemaVersion": ${SCHEMA_VERSION}`);
});

test('a case of version 1 that was never ranked has no features afterwards', async () => {
  const { directory, keyringPath } = casePlace();
  await (await createCase(directory, { keyringPath })).close();
  const opened = await openCase(directory, { keyringPath });
  expect(await readRunFeatures(opened.connection, ['speed'])).toBeUndefined();
  await opened.close();
});
