import type { DuckDBConnection } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { buildFeatures, featureScript, type ScriptOptions } from '../../core/features/index.ts';
import { connect, createEvents, readFeatures, type Row } from './events.ts';

const COLUMNS =
  'actor_id ts action object_id ip device_id country outcome amount text_length text_links text_digits text_entropy m_load c_plan b_ref';

/** Events of eleven actors; no two of one actor at the same time. */
const ROWS: readonly Row[] = Array.from({ length: 400 }, (_, i): Row => {
  const pick = (n: number, by: number): number => Math.floor((i * by) / 7) % n;
  const at = new Date(Date.UTC(2024, 0, 1) + i * 1_234_567).toISOString().slice(0, 23);
  const outcome = ['success', 'failure', null][pick(3, 5)] ?? null;
  return [
    `a${i % 11}`,
    at,
    ['view', 'like', 'log in', "o'clock"][pick(4, 3)] ?? null,
    pick(2, 9) === 0 ? `a${pick(11, 4)}` : `o${pick(40, 11)}`,
    `ip${pick(9, 2)}`,
    `d${pick(5, 6)}`,
    ['DE', 'FR', null][pick(3, 2)] ?? null,
    outcome,
    i % 3 === 0 ? null : (i * 37) % 101,
    (i * 13) % 97,
    i % 4,
    i % 7,
    ((i * 3) % 50) / 10,
    i % 5 === 0 ? null : (i * 7) % 23,
    `p${pick(3, 8)}`,
    i % 11 < 5 ? 1 : i % 256,
  ];
});

const TARGET: ScriptOptions = {
  engine: 'duckdb',
  events: 'events',
  features: 'made',
  fieldOf: (column) => column,
  columns: COLUMNS.split(' '),
  actions: ['view', 'like', 'log in', "o'clock"],
  minEvents: 1,
};

const runScript = async (connection: DuckDBConnection, sql: string): Promise<void> => {
  for (const statement of sql.split(/;\n/)) await connection.run(statement);
};

const built = async (): Promise<{ connection: DuckDBConnection; names: readonly string[] }> => {
  const connection = await connect();
  const available = await createEvents(connection, COLUMNS, ROWS);
  const { table } = await buildFeatures(connection, { available });
  return { connection, names: table.names };
};

test('the script makes what the engine makes', async () => {
  const { connection, names } = await built();
  const { sql, left } = featureScript(names, TARGET);
  await runScript(connection, sql);
  const [ours, theirs] = [await readFeatures(connection), await readFeatures(connection, 'made')];
  expect(left).toEqual([
    { name: 'action_share_o_clock', reason: 'the action cannot be named here' },
    { name: 'b_ref_ratio', reason: 'it reads b_ref, whose values are keyed' },
  ]);
  const made = names.filter((name) => !left.some((each) => each.name === name));
  expect(made.length).toBeGreaterThan(40);
  expect(Object.keys(theirs)).toHaveLength(11);
  for (const [actor, row] of Object.entries(theirs)) {
    expect(row, actor).toEqual(Object.fromEntries(made.map((name) => [name, ours[actor]?.[name]])));
  }
  connection.closeSync();
});

test('it reads only what the features need, under the names of the target', async () => {
  const { connection } = await built();
  await connection.run('CREATE TABLE "their log" AS SELECT actor_id AS who, ts AS "when", ip AS address FROM events');
  const fields = new Map([
    ['actor_id', 'who'],
    ['ts', 'when'],
    ['ip', 'address'],
  ]);
  const { sql, reads } = featureScript(['ip_count'], {
    ...TARGET,
    events: '"their log"',
    fieldOf: (column) => fields.get(column) ?? column,
  });
  expect(reads).toEqual(['actor_id', 'ts', 'ip']);
  await runScript(connection, sql);
  const ours = await readFeatures(connection);
  expect(await readFeatures(connection, 'made')).toEqual(
    Object.fromEntries(Object.entries(ours).map(([actor, row]) => [actor, { ip_count: row['ip_count'] }])),
  );
  connection.closeSync();
});

test('actors with few events are left out, as they are in a ranking', async () => {
  const { connection } = await built();
  await connection.run("DELETE FROM events WHERE actor_id = 'a3' AND ts > TIMESTAMP '2024-01-01 02:00:00'");
  await runScript(connection, featureScript(['ip_count'], { ...TARGET, minEvents: 5 }).sql);
  expect(Object.keys(await readFeatures(connection, 'made'))).not.toContain('a3');
  connection.closeSync();
});

test.each([
  ['cleverness', 'the catalogue does not have it'],
  ['asn_rarity', 'it reads asn, which this log lacks'],
  ['action_share_fly', 'the action cannot be named here'],
])('says why it cannot make %s', (name, reason) => {
  expect(featureScript([name], TARGET).left).toEqual([{ name, reason }]);
});

test('two actions of one name are neither', () => {
  const { left } = featureScript(['action_share_log_in'], { ...TARGET, actions: ['log in', 'log-in'] });
  expect(left).toEqual([{ name: 'action_share_log_in', reason: 'the action cannot be named here' }]);
});
