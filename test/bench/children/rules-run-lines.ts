/** Lines of JSON to events, and to events and hits: `{ events, actors, chunkBytes }` in, milliseconds of both out. */
import { z } from 'zod';
import { columnsOf } from '../../../core/rules/export/columns.ts';
import { loadStream } from '../harness/engine.ts';
import { FIFTY_RULES } from '../rules-run/fifty-rules.ts';
import { makeLog } from '../rules-run/log.ts';

const { events, actors, chunkBytes } = z
  .object({ events: z.number(), actors: z.number(), chunkBytes: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const { createStreamReader, createStreamRun } = await loadStream();

/** The log as NDJSON, in memory that the collector of garbage need not look through. */
const parts: Buffer[] = [];
for (const { length, ts, columns } of makeLog({ events, actors, disorder: 0, seed: 1 }, 8192)) {
  const lines: string[] = [];
  for (let row = 0; row < length; row++) {
    const values = [...columns].map(([name, of]) => [name, Number.isNaN(of[row]) ? null : of[row]]);
    lines.push(JSON.stringify({ ts: new Date((ts[row] ?? 0) / 1000).toISOString(), ...Object.fromEntries(values) }));
  }
  parts.push(Buffer.from(`${lines.join('\n')}\n`));
}
const bytes = Buffer.concat(parts.splice(0));

const time = (push: (chunk: Buffer) => void): number => {
  const startedAt = performance.now();
  for (let from = 0; from < bytes.length; from += chunkBytes) push(bytes.subarray(from, from + chunkBytes));
  return performance.now() - startedAt;
};

let plain = 0;
const jsonMs = time((chunk) => {
  // What JSON.parse alone takes, without the reading of fields or any hash: lines that a cut goes through are left out.
  for (const line of chunk.toString('latin1').split('\n'))
    if (line.startsWith('{') && line.endsWith('}')) plain += Object.keys(JSON.parse(line) ?? {}).length;
});
const key = new Uint8Array(32).fill(1);
const columns = [...new Set(FIFTY_RULES.flatMap(columnsOf))];
const reader = createStreamReader({ columns, key, plan: {} });
let read = 0;
const readMs = time((chunk) => {
  read += reader.push(chunk).batch.length;
});
const run = createStreamRun(FIFTY_RULES, { plan: {}, allowedLateness: 300e6, isShadow: false });
const runMs = time((chunk) => void run.push(chunk));
console.log(JSON.stringify({ jsonMs, readMs, runMs, read, plain, bytes: bytes.length, bad: run.badLines() }));
