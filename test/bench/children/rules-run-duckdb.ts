/** The fifty rules as the SQL that is exported for DuckDB, one query each on one thread, over the same log in memory. */
import { createHash } from 'node:crypto';
import { DuckDBInstance, DOUBLE, TIMESTAMP, VARCHAR, DuckDBTimestampValue } from '@duckdb/node-api';
import { z } from 'zod';
import { SQL_EXPORTERS } from '../../../core/rules/export/sql/index.ts';
import { FIFTY_RULES } from '../rules-run/fifty-rules.ts';
import { makeLog } from '../rules-run/log.ts';

const input = z
  .object({ events: z.number(), actors: z.number(), disorder: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const TEXTS = ['actor_id', 'action', 'object_id', 'ip', 'device_id', 'country', 'outcome'];
const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
await connection.run(
  `CREATE TABLE events (ts TIMESTAMP, ${TEXTS.map((name) => `${name} VARCHAR`).join(', ')}, amount DOUBLE)`,
);
const appender = await connection.createAppender('events');
for (const { length, ts, columns } of makeLog({ ...input, seed: 1 }, 8192)) {
  for (let row = 0; row < length; row++) {
    appender.appendValue(new DuckDBTimestampValue(BigInt(ts[row] ?? 0)), TIMESTAMP);
    for (const name of TEXTS) {
      const value = columns.get(name)?.[row] ?? null;
      if (typeof value === 'string') appender.appendValue(value, VARCHAR);
      else appender.appendNull();
    }
    const amount = columns.get('amount')?.[row];
    if (typeof amount === 'number' && !Number.isNaN(amount)) appender.appendValue(amount, DOUBLE);
    else appender.appendNull();
    appender.endRow();
  }
}
appender.closeSync();

const exporter = SQL_EXPORTERS.find(({ name }) => name === 'sql:duckdb');
const options = { events: 'events', features: 'features', fields: new Map<string, string>(), date: '2026-01-05' };
const lines: string[] = [];
let ms = 0;
for (const rule of FIFTY_RULES) {
  const sql = exporter?.write(rule, options)[0]?.text ?? '';
  const startedAt = performance.now();
  const rows = (await connection.runAndReadAll(sql)).getRows();
  ms += performance.now() - startedAt;
  const { length } = rule.groupBy;
  for (const row of rows)
    lines.push(JSON.stringify([rule.id, Number(row[length + 1]), ...row.slice(1, length + 1).map(String)]));
}
console.log(
  JSON.stringify({
    ms,
    hits: lines.length,
    digest: createHash('sha256').update(lines.sort().join('\n')).digest('hex'),
  }),
);
