/** Runs the stages of `detect` one by one on a log and prints what each took; `table` asks for the feature table. */
import { join } from 'node:path';
import { z } from 'zod';
import { ENGINE_BYTES, loadEngine, THREADS } from '../harness/engine.ts';
import { peakOf } from '../harness/run.ts';
import { writeColumns } from '../harness/table-file.ts';

const INPUT = z.object({ log: z.string(), stages: z.enum(['peers', 'all']), table: z.string().optional() });
const input = INPUT.parse(JSON.parse(process.argv[2] ?? ''));
const engine = await loadEngine();

const wallMs: Record<string, number> = {};
const cpuMs: Record<string, number> = {};
const peakBytes: Record<string, number> = {};
const timed = async <T>(stage: string, work: () => Promise<T>): Promise<T> => {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const used = process.cpuUsage(before);
  wallMs[stage] = performance.now() - startedAt;
  cpuMs[stage] = (used.user + used.system) / 1000;
  peakBytes[stage] = peakOf('self');
  return result;
};

const opened = await engine.store.createTemporaryCase({ threads: THREADS, memoryLimitBytes: ENGINE_BYTES });
try {
  const [file] = await timed('import', () => engine.ingest.importFiles(opened, [input.log], { threads: THREADS }, {}));
  const built = await timed('features', async () => {
    const available = await engine.ingest.availableColumns(opened.connection);
    return engine.features.buildFeatures(opened.connection, { available });
  });
  const { table, dictionary } = built;
  const detect = (name: string) =>
    engine.detect.detectActors(table, { seed: 1, minEvents: 3, threads: THREADS, detectors: [name] });
  const forest = await timed('isolationForest', () => detect('isolationForest'));
  if (input.stages === 'all') {
    const network = await timed('autoencoder', () => detect('autoencoder'));
    const both = { ...forest, parts: [...forest.parts, ...network.parts] };
    const rows = forest.order.slice(0, 1000);
    await timed('explain 1000 actors', () =>
      engine.explain.explainActors(table, both, dictionary, { rows }, { threads: THREADS }),
    );
  }
  if (input.table !== undefined) writeColumns(join(input.table, 'ours.f64'), table.columns);
  const counts = { read: file?.rows, stored: file?.stored, actors: table.actors.length };
  console.log(JSON.stringify({ wallMs, cpuMs, peakBytes, counts, features: table.names }));
} finally {
  await opened.close();
}
