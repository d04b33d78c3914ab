/**
 * Runs the fifty rules over a log that is made on the way: `{ events, actors, batch, lateness, disorder }` in; events per
 * second, times per push, hits and memory out. Only the engine is timed, not the making of the log.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { createRuleEngine, type RunHit } from '../../../core/rules/run/index.ts';
import { peakOf } from '../harness/run.ts';
import { FIFTY_RULES } from '../rules-run/fifty-rules.ts';
import { makeLog } from '../rules-run/log.ts';

const input = z
  .object({
    events: z.number(),
    actors: z.number(),
    batch: z.number(),
    lateness: z.number().nullable(),
    disorder: z.number(),
    rules: z.number().default(50),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const engine = createRuleEngine(FIFTY_RULES.slice(0, input.rules), {
  allowedLateness: input.lateness ?? Infinity,
  maxHeld: Infinity,
  maxRemembered: 2 ** 28,
});
const lines: string[] = [];
const keep = (hits: readonly RunHit[]): void => {
  for (const { rule, group, at } of hits) lines.push(JSON.stringify([rule, at, ...group]));
};
const pushMs: number[] = [];
let ms = 0;
let remembered = 0;
const time = (work: () => readonly RunHit[]): void => {
  const startedAt = performance.now();
  const hits = work();
  const took = performance.now() - startedAt;
  ms += took;
  if (input.batch === 1) pushMs.push(took);
  keep(hits);
};
for (const batch of makeLog({ ...input, seed: 1 }, Math.max(input.batch, 1))) {
  time(() => engine.push(batch));
  if (engine.counts.events % 65_536 < input.batch) remembered = Math.max(remembered, engine.counts.remembered);
}
time(() => engine.flush());
pushMs.sort((a, b) => a - b);
const at = (share: number): number => pushMs[Math.min(pushMs.length - 1, Math.floor(share * pushMs.length))] ?? 0;
lines.sort();
const { counts } = engine;
console.log(
  JSON.stringify({
    ms,
    eventsPerSecond: (1000 * input.events) / ms,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    p999Ms: at(0.999),
    mostMs: pushMs.at(-1) ?? 0,
    hits: lines.length,
    late: counts.late,
    digest: createHash('sha256').update(lines.join('\n')).digest('hex'),
    remembered,
    peakBytes: peakOf('self'),
    heapBytes: process.memoryUsage().heapUsed,
    byRule: counts.rules.map(({ rule, hits }) => [rule, hits]),
  }),
);
