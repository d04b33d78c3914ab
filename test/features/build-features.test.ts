import { expect, test } from 'vitest';
import { buildFeatures } from '../../core/features/index.ts';
import { connect, createEvents, featuresOf } from './events.ts';

const ROWS = [
  ['b', '2024-01-01 00:00:00', 'success'],
  ['a', '2024-01-01 00:00:00', 'failure'],
  ['a', '2024-01-01 00:00:05', 'success'],
  [null, '2024-01-01 00:00:06', 'success'],
] as const;

test('the table is ordered by actor, missing is NaN, and dictionary and columns agree', async () => {
  const { built } = await featuresOf('actor_id ts outcome', ROWS);
  const { table, dictionary } = built;
  expect(table.actors).toEqual(['a', 'b']);
  expect([...table.events]).toEqual([2, 1]);
  expect(dictionary.map(({ name }) => name)).toEqual(table.names);
  expect(table.columns).toHaveLength(table.names.length);
  expect([...(table.columns[table.names.indexOf('failure_share')] ?? [])]).toEqual([0.5, 0]);
});

test('every feature is either in the table or dropped with a reason', async () => {
  const { built } = await featuresOf('actor_id ts outcome', ROWS);
  const reason = new Map(built.dropped.map(({ name, reason }) => [name, reason]));
  expect(reason.get('ip_count')).toBe('no column ip');
  expect(reason.get('pass_through_share')).toBe('no column object_id, amount');
  expect(reason.get('active_days')).toBe('the same for every actor');
  expect(reason.get('gap_burstiness')).toBe('no value for any actor');
  for (const name of built.table.names) expect(reason.has(name)).toBe(false);
});

test('a column that is announced but not there, or only NULL, drops its features', async () => {
  const connection = await connect();
  await createEvents(connection, 'actor_id ip', [
    ['a', null],
    ['a', null],
    ['b', null],
  ]);
  const { table, dropped } = await buildFeatures(connection, {
    available: new Set(['actor_id', 'ip', 'country', 'ts']),
  });
  expect(table.names).toEqual(['event_count']);
  expect(dropped).toContainEqual({ name: 'ip_count', reason: 'no value for any actor' });
  expect(dropped).toContainEqual({ name: 'country_count', reason: 'no column country' });
  connection.closeSync();
});

test('minEvents leaves actors out of the returned table, windowSql leaves events out of everything', async () => {
  const connection = await connect();
  const available = await createEvents(connection, 'actor_id ts outcome', ROWS);
  const few = await buildFeatures(connection, { available, minEvents: 2 });
  expect(few.table.actors).toEqual(['a']);
  const stored = await connection.runAndReadAll('SELECT actor_id FROM features ORDER BY 1');
  expect(stored.getRows()).toEqual([['a'], ['b']]);
  const late = await buildFeatures(connection, { available, windowSql: "ts >= TIMESTAMP '2024-01-01 00:00:05'" });
  expect(late.table.actors).toEqual(['a']);
  expect([...late.table.events]).toEqual([1]);
  const left = await connection.runAndReadAll('SELECT table_name FROM duckdb_tables() WHERE temporary');
  expect(left.getRows()).toEqual([]);
  connection.closeSync();
});

test('no actor column and no events are refused with what to do next', async () => {
  const connection = await connect();
  const available = await createEvents(connection, 'actor_id ts', [[null, '2024-01-01']]);
  await expect(buildFeatures(connection, { available })).rejects.toMatchObject({ code: 'input', where: 'events' });
  await expect(buildFeatures(connection, { available: new Set(['ts']) })).rejects.toMatchObject({
    code: 'input',
    where: 'actor_id',
  });
  connection.closeSync();
});

test('progress counts up to its total; a cancel stops and leaves no temporary table', async () => {
  const connection = await connect();
  const available = await createEvents(connection, 'actor_id ts outcome', ROWS);
  const seen: number[] = [];
  await buildFeatures(connection, { available }, { onProgress: ({ done, total }) => seen.push(done / (total ?? 0)) });
  expect(seen.at(0)).toBe(0);
  expect(seen.at(-1)).toBe(1);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));

  await connection.run('DROP TABLE features');
  const controller = new AbortController();
  const building = buildFeatures(
    connection,
    { available },
    { signal: controller.signal, onProgress: ({ done }) => done === 1 && controller.abort() },
  );
  await expect(building).rejects.toMatchObject({ code: 'cancelled' });
  const left = await connection.runAndReadAll("SELECT table_name FROM duckdb_tables() WHERE table_name <> 'events'");
  expect(left.getRows()).toEqual([]);
  connection.closeSync();
});
