/**
 * Runs the fifty rules over a log that is made on the way; only the engine is timed, not the making of the log. In order
 * (`lateness` 0) or as it comes; `batch` 1 times every event by itself. Before, an engine of its own looks at `warmUp` events
 * of another log, so that the code is compiled as that of a stream that has run for a while. Out: times, hits, their digest,
 * and memory.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { RunHit } from '../../../core/rules/run/index.ts';
import { loadRuleEngine } from '../harness/engine.ts';
import { peakOf } from '../harness/run.ts';
import { FIFTY_RULES } from '../rules-run/fifty-rules.ts';
import { inOrder } from '../rules-run/in-order.ts';
import { makeLog } from '../rules-run/log.ts';
import { packed } from '../rules-run/packed.ts';

const { batch, lateness, disorder, events, actors, warmUp, isPacked } = z
  .object({
    events: z.number(),
    actors: z.number(),
    batch: z.number(),
    /** µs; 0: the events are put in order first. */
    lateness: z.number(),
    disorder: z.number(),
    warmUp: z.number(),
    /** Short texts as the reader of lines packs them. */
    isPacked: z.boolean().default(false),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const { createRuleEngine } = await loadRuleEngine();

const LOOK_EVERY = 65_536;

const createEngine = () => createRuleEngine(FIFTY_RULES, { allowedLateness: lateness, maxRemembered: 2 ** 26 });
const logOf = (count: number, seed: number) => {
  const log = makeLog({ events: count, actors, disorder, seed }, batch);
  const batches = lateness === 0 ? inOrder(log, disorder) : log;
  return isPacked ? packed(batches) : batches;
};
const warmed = createEngine();
for (const each of logOf(warmUp, 2)) warmed.push(each);
warmed.flush();

const engine = createEngine();
const pushMs = new Float64Array(batch === 1 ? events : 0);
const lines: string[] = [];
let ms = 0;
let pushes = 0;
let remembered = 0;
const time = (work: () => readonly RunHit[]): void => {
  const startedAt = performance.now();
  const hits = work();
  const took = performance.now() - startedAt;
  ms += took;
  if (pushes < pushMs.length) pushMs[pushes++] = took;
  for (const { rule, group, at } of hits) lines.push(JSON.stringify([rule, at, ...group]));
};

let seen = 0;
for (const each of logOf(events, 1)) {
  time(() => engine.push(each));
  seen += each.length;
  if (seen >= LOOK_EVERY) {
    remembered = Math.max(remembered, engine.counts.remembered);
    seen = 0;
  }
}
time(() => engine.flush());
pushMs.sort();
const at = (share: number): number => pushMs[Math.floor(share * (pushMs.length - 1))] ?? 0;
const { counts } = engine;
console.log(
  JSON.stringify({
    ms,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    p999Ms: at(0.999),
    mostMs: at(1),
    hits: lines.length,
    rulesThatHit: counts.rules.filter(({ hits }) => hits > 0).length,
    late: counts.late,
    refused: counts.rules.reduce((sum, { unseen }) => sum + unseen.refused, 0),
    digest: createHash('sha256').update(lines.sort().join('\n')).digest('hex'),
    remembered,
    peakBytes: peakOf('self'),
  }),
);
