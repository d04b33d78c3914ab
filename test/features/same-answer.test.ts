import { createHash } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { buildFeatures } from '../../core/features/index.ts';
import { connect } from './events.ts';

const ROWS = 300_000;
const ACTORS = 4_000;

/** A number in 0–2^32 that depends on the row and a label, the same on every machine. */
const draw = (label: string): string => `CAST(('0x' || substr(md5(i || '${label}'), 1, 8)) AS BIGINT)`;
const token = (kind: string, x: string): string => `substr(md5('${kind}' || (${x})), 1, 12)`;

const EVENTS = `SELECT i,
    make_timestamp(1700000000000000 + (${draw('day')} % 40) * 86400000000 + (${draw('s')} % 4000) * 21000000) AS ts,
    ${token('actor', `CAST(floor(${ACTORS} * pow(${draw('a')} / 4294967296e0, 2)) AS BIGINT)`)} AS actor_id,
    'action-' || (${draw('action')} % 20) AS action,
    CASE WHEN ${draw('kind')} % 5 = 0 THEN ${token('actor', `${draw('peer')} % ${ACTORS}`)}
      ELSE ${token('object', `${draw('object')} % 9000`)} END AS object_id,
    ${token('ip', `${draw('ip')} % 3000`)} AS ip, ${token('device', `${draw('device')} % 5000`)} AS device_id,
    ${token('agent', `${draw('agent')} % 50`)} AS user_agent, 'C' || (${draw('country')} % 30) AS country,
    CASE ${draw('outcome')} % 5 WHEN 0 THEN 'failure' WHEN 1 THEN NULL ELSE 'success' END AS outcome,
    CASE WHEN ${draw('has')} % 3 > 0 THEN exp((${draw('amount')} % 1000) / 77e0) END AS amount,
    (${draw('length')} % 900) / 7e0 AS text_length, ${draw('text')} % 2000 AS text_digest,
    ln(1 + ${draw('load')} / 3e0) AS m_load, 'p' || (${draw('plan')} % 7) AS c_plan
  FROM range(${ROWS}) AS t(i)`;

/** SHA-256 of the whole feature table, computed with this many threads from this order of the events. */
const hashOf = async (connection: DuckDBConnection, threads: number, shuffle: string): Promise<string> => {
  await connection.run(`SET threads = ${threads}`);
  await connection.run(
    `CREATE OR REPLACE TABLE events AS SELECT * EXCLUDE (i) FROM numbered ORDER BY md5(i || '${shuffle}')`,
  );
  const { table } = await buildFeatures(connection, {
    available: new Set((await connection.run('SELECT * FROM events LIMIT 0')).columnNames()),
  });
  const hash = createHash('sha256').update(table.actors.join()).update(table.names.join());
  for (const column of table.columns) hash.update(new Uint8Array(column.buffer));
  expect(table.actors.length).toBeGreaterThan(3000);
  expect(table.names.length).toBeGreaterThan(50);
  return hash.digest('hex');
};

test('the feature table is the same, bit for bit, for 1 to 4 threads and any order of the events', async () => {
  const connection = await connect();
  await connection.run(`CREATE TABLE numbered AS ${EVENTS}`);
  const first = await hashOf(connection, 1, 'first');
  for (const [threads, shuffle] of [
    [2, 'first'],
    [3, 'second'],
    [4, 'third'],
    [4, 'third'],
    [2, 'fourth'],
  ] as const) {
    expect(await hashOf(connection, threads, shuffle)).toBe(first);
  }
  connection.closeSync();
}, 180_000);
