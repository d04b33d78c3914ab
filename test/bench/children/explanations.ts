/**
 * What explanations cost: the top actors of a log, or of a labelled table, each explained by itself, as in the app, and all
 * together, as in a run. Before, the same actors are explained once: what is measured is warm. Out: milliseconds of each.
 */
import { z } from 'zod';
import type { FeatureWords } from '../../../core/explain/index.ts';
import type { FeatureTable } from '../../../core/table/index.ts';
import { readTable } from '../explain/read-table.ts';
import { ENGINE_BYTES, loadEngine, THREADS } from '../harness/engine.ts';

const input = z
  .object({
    seed: z.number(),
    actors: z.number(),
    rounds: z.number(),
    of: z.union([z.object({ log: z.string() }), z.object({ table: z.string(), rows: z.number() })]),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
const { detect, explain, features, ingest, store } = await loadEngine();

type Case = { readonly table: FeatureTable; readonly dictionary: readonly FeatureWords[]; readonly minEvents: number };

/** A log with the features and the words of a case. */
const featuresOf = async (log: string): Promise<Case> => {
  const opened = await store.createTemporaryCase({ threads: THREADS, memoryLimitBytes: ENGINE_BYTES });
  try {
    await ingest.importFiles(opened, [log], { threads: THREADS }, {});
    const available = await ingest.availableColumns(opened.connection);
    return { ...(await features.buildFeatures(opened.connection, { available })), minEvents: 3 };
  } finally {
    await opened.close();
  }
};

/** Milliseconds of this process's processors, all threads. */
const processorMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const { of, seed } = input;
const { table, dictionary, minEvents } =
  'log' in of
    ? await featuresOf(of.log)
    : { table: await readTable(of.table, of.rows, seed), dictionary: [], minEvents: 1 };
const detection = await detect.detectActors(table, { seed, minEvents });
const peers = explain.peersOf(table, detection.evidence, dictionary);
const rows = detection.order.slice(0, input.actors);
await explain.explainInFull(table, detection, dictionary, { rows: rows.slice(0, 20), peers });
const each: number[] = [];
const processor: number[] = [];
for (let round = 0; round <= input.rounds; round++) {
  for (const row of rows) {
    const [startedAt, before] = [performance.now(), processorMs()];
    await explain.explainInFull(table, detection, dictionary, { rows: [row], peers });
    if (round === 0) continue;
    each.push(performance.now() - startedAt);
    processor.push(processorMs() - before);
  }
}
const startedAt = performance.now();
await explain.explainInFull(table, detection, dictionary, { rows, peers });
const togetherMs = (performance.now() - startedAt) / rows.length;
const detectors = detection.parts.map(({ name }) => name);
const size = { actors: table.actors.length, features: detection.features.length, explained: rows.length };
console.log(JSON.stringify({ ...size, detectors, each, processor, togetherMs }));
