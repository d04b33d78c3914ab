/** DuckDB's own way in: one `CREATE TABLE … AS SELECT * FROM read_csv(…)` into a database file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { ENGINE_BYTES, THREADS } from '../harness/engine.ts';
import { peakOf } from '../harness/run.ts';

const input = z.object({ log: z.string() }).parse(JSON.parse(process.argv[2] ?? ''));
const folder = mkdtempSync(join(tmpdir(), 'nightjar-bench-'));
try {
  const instance = await DuckDBInstance.create(join(folder, 'events.duckdb'), {
    threads: String(THREADS),
    memory_limit: `${ENGINE_BYTES}B`,
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await connection.run(`CREATE TABLE events AS SELECT * FROM read_csv('${input.log.replaceAll("'", "''")}')`);
  await connection.run('CHECKPOINT');
  const used = process.cpuUsage(before);
  const wallMs = performance.now() - startedAt;
  console.log(JSON.stringify({ wallMs, cpuMs: (used.user + used.system) / 1000, peakBytes: peakOf('self') }));
  connection.closeSync();
  instance.closeSync();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
