/**
 * Speed of the isolation forest against coniferest, scikit-learn, isotree and npm isolation-forest: fit, score on one and two
 * threads, batch sizes, single rows; and rows streamed from Parquet.
 * `npm run bench:speed [-- --rows N --repeats N --stream-rows N --stream-file-rows N]`
 */
import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { seededRandom } from '../../core/random/index.ts';
import { benchOptions, ROOT } from './harness/options.ts';
import { installPeers, runPython, versionsOf, type PythonPeer } from './harness/python.ts';
import { figureOf, printFigures, printTable, writeResult, type Figure } from './harness/result.ts';
import { runChild } from './harness/run.ts';
import { median } from './harness/statistics.ts';
import { inTemporaryFolder } from './harness/temporary.ts';

const COLUMNS = 20;
const TREES = 100;
const WARM_UP = 250_000;
const BATCHES = [1, 10, 100, 1000, 10_000, 100_000];
const PEERS: readonly PythonPeer[] = ['coniferest', 'scikit-learn', 'isotree'];
const NEEDED = 'pandas'; // by isotree, which does not say so
/** npm isolation-forest builds its trees from all rows it gets: 100,000 take minutes. */
const NPM_ROWS = 10_000;

const TIMES = z.object({
  firstFitMs: z.number().optional(),
  fitMs: z.number(),
  scoreMs: z.number(),
  scoreCpuMs: z.number(),
  batchMs: z.record(z.string(), z.number()),
  singleMicros: z.array(z.number()).nullable(),
});
type Times = z.infer<typeof TIMES>;
const STREAM = z.object({
  scored: z.number(),
  highest: z.number(),
  inMemoryRowsPerSecond: z.number(),
  streamRowsPerSecond: z.number(),
  cpuMs: z.number(),
  peakBytesBefore: z.number(),
  peakBytes: z.number(),
});

const { numbers } = benchOptions({
  rows: 1_000_000,
  repeats: 5,
  'single-rows': 100_000,
  'stream-rows': 100_000_000,
  'stream-file-rows': 10_000_000,
  'stream-batch-rows': 262_144,
});
const { rows, repeats } = numbers;
const there = await installPeers([NEEDED, ...PEERS]);
const installed = PEERS.filter((name) => there.includes(name));
const hasNpm = existsSync(join(ROOT, 'node_modules/isolation-forest'));

/** Standard normal float32, row by row. */
const writeValues = (file: string): void => {
  const random = seededRandom(1);
  writeFileSync(
    file,
    Float32Array.from({ length: rows * COLUMNS }, () => random.normal()),
  );
};

const threadVariables = (threads: number): Readonly<Record<string, string>> =>
  Object.fromEntries(['OMP', 'OPENBLAS', 'MKL', 'RAYON'].map((name) => [`${name}_NUM_THREADS`, String(threads)]));

/** Ours and all peers, one after the other, each in a process of its own, `repeats` times. */
const interleaved = async (values: string, threads: number): Promise<Readonly<Record<string, readonly Times[]>>> => {
  const all: Record<string, Times[]> = {};
  for (let repeat = 0; repeat < repeats; repeat++) {
    // Small calls and single rows are measured once, on one thread.
    const small = repeat === 0 && threads === 1;
    const batches = small ? BATCHES.filter((size) => size <= rows) : [];
    const warmUpRows = Math.min(rows, WARM_UP);
    const input = { values, rows, columns: COLUMNS, trees: TREES, threads, warmUpRows, batches };
    const ours = { ...input, singleRows: small ? numbers['single-rows'] : 0 };
    (all['ours'] ??= []).push(TIMES.parse(await runChild('forest-speed', ours)));
    for (const name of installed) {
      const theirs = { ...input, peers: [name], singleRows: small ? 1000 : 0 };
      const answer = z.record(z.string(), TIMES).parse(await runPython('speed', theirs, threadVariables(threads)));
      const times = answer[name];
      if (times !== undefined) (all[name] ??= []).push(times);
    }
  }
  return all;
};

const figure = (
  what: string,
  unit: string,
  all: Readonly<Record<string, readonly Times[]>>,
  read: (times: Times) => number | undefined,
): Figure => {
  const each = Object.entries(all).map(
    ([name, times]) => [name, times.map(read).filter((value) => value !== undefined)] as const,
  );
  const of = Object.fromEntries(each.filter(([, values]) => values.length > 0));
  const { ours = [], ...peers } = of;
  return figureOf(what, unit, ours, peers);
};

const forests = async (folder: string): Promise<readonly Figure[]> => {
  const values = join(folder, 'values.f32');
  writeValues(values);
  const size = `${rows} × ${COLUMNS}`;
  const one = await interleaved(values, 1);
  const two = availableParallelism() > 1 ? await interleaved(values, 2) : {};
  const figures = [
    figure(`score ${size}, one thread`, 'ms', one, (times) => times.scoreMs),
    figure(`score ${size}, one thread, processor time`, 'ms', one, (times) => times.scoreCpuMs),
    figure(`score ${size}, two threads`, 'ms', two, (times) => times.scoreMs),
    figure(`fit ${TREES} × 256 rows of ${size}`, 'ms', one, (times) => times.fitMs),
    figure('the first fit of a process', 'ms', one, (times) => times.firstFitMs),
    ...BATCHES.map((batch) =>
      figure(`score ${batch} rows per call, one thread`, 'µs/row', one, (times) => {
        const ms = times.batchMs[batch];
        return ms === undefined ? undefined : (1000 * ms) / batch;
      }),
    ),
    ...[0.5, 0.99, 0.999].map((q, at) =>
      figure(`one row, quantile ${q} of the calls`, 'µs', one, (times) => times.singleMicros?.[at]),
    ),
  ].filter((each) => each.n > 0);
  sayRatios(one, two);
  return hasNpm ? [...figures, ...(await againstNpm(values))] : figures;
};

/** What the figures must show, in words. */
const sayRatios = (
  one: Readonly<Record<string, readonly Times[]>>,
  two: Readonly<Record<string, readonly Times[]>>,
): void => {
  const scoreMs = (times: readonly Times[]): number => median(times.map((each) => each.scoreMs));
  const ours = scoreMs(one['ours'] ?? []);
  for (const name of installed) {
    console.log(`Score on one thread: ${(scoreMs(one[name] ?? []) / ours).toFixed(2)} times as fast as ${name}.`);
  }
  if (two['ours'] === undefined) return;
  console.log(`Score on two threads: ${(ours / scoreMs(two['ours'])).toFixed(2)} times as fast as on one.`);
};

const againstNpm = async (values: string): Promise<readonly Figure[]> => {
  const sized = { values, rows: Math.min(rows, NPM_ROWS), columns: COLUMNS, trees: TREES };
  const more = { threads: 1, warmUpRows: sized.rows, batches: [], singleRows: 0 };
  const ours: Times[] = [];
  const npm: { readonly fitMs: number; readonly scoreMs: number }[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    ours.push(TIMES.parse(await runChild('forest-speed', { ...sized, ...more })));
    npm.push(TIMES.pick({ fitMs: true, scoreMs: true }).parse(await runChild('npm-forest', sized)));
  }
  return (['fitMs', 'scoreMs'] as const).map((key) =>
    figureOf(
      `${key === 'fitMs' ? 'fit' : 'score'} ${sized.rows} × ${COLUMNS}`,
      'ms',
      ours.map((times) => times[key]),
      { 'npm isolation-forest': npm.map((times) => times[key]) },
    ),
  );
};

const writeParquet = async (file: string, count: number): Promise<void> => {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '2GiB' });
  const connection = await instance.connect();
  // Sums of four bytes of a hash: bell-shaped, seeded, and as incompressible as measurements are.
  const column = (j: number): string =>
    `(h${j} & 65535) * 1e0::FLOAT + ((h${j} >> 16) & 65535) + ((h${j} >> 32) & 65535) + (h${j} >> 48)`;
  const columns = Array.from({ length: COLUMNS }, (_, j) => j);
  await connection.run(
    `COPY (SELECT ${columns.map((j) => `(${column(j)})::FLOAT AS f${j}`).join(', ')}
           FROM (SELECT ${columns.map((j) => `hash(i * ${COLUMNS} + ${j}) AS h${j}`).join(', ')} FROM range(${count}) t(i)))
     TO '${file.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION uncompressed, ROW_GROUP_SIZE 122880)`,
  );
  connection.closeSync();
  instance.closeSync();
};

const streams = async (folder: string): Promise<readonly Figure[]> => {
  const count = Math.min(numbers['stream-file-rows'], numbers['stream-rows']);
  const file = join(folder, 'rows.parquet');
  await writeParquet(file, count);
  const passes = numbers['stream-rows'] / count;
  const what = `${numbers['stream-rows']} × ${COLUMNS} from Parquet (${passes} passes over a file of ${count})`;
  const runs = [];
  for (const threads of availableParallelism() > 1 ? [1, 2] : [1]) {
    const sizes = {
      rows: numbers['stream-rows'],
      columns: COLUMNS,
      trees: TREES,
      warmUpRows: Math.min(count, 1_000_000),
    };
    const input = { file, ...sizes, threads, batchRows: numbers['stream-batch-rows'] };
    const run = STREAM.parse(await runChild('forest-stream', input));
    if (run.scored !== numbers['stream-rows']) throw new Error(`Only ${run.scored} rows were scored.`);
    runs.push({ threads, ...run });
  }
  return runs.flatMap(({ threads, ...run }) => [
    figureOf(`${what}, scoring threads: ${threads}`, 'rows/s', [run.streamRowsPerSecond], {
      'the same in memory': [run.inMemoryRowsPerSecond],
    }),
    figureOf('its peak memory, and before it began', 'MiB', [run.peakBytes / 2 ** 20], {
      'the same in memory': [run.peakBytesBefore / 2 ** 20],
    }),
  ]);
};

await inTemporaryFolder(async (folder) => {
  const figures = await forests(folder);
  const streamed = numbers['stream-rows'] > 0 ? await streams(folder) : [];
  printFigures('Isolation forest', figures);
  if (streamed.length > 0) printFigures('Streamed', streamed);
  const left = PEERS.filter((name) => !installed.includes(name)).map((name) => [name, 'cannot be installed here']);
  if (!hasNpm) left.push(['npm isolation-forest', 'is not installed']);
  if (left.length > 0) printTable('Left out', ['peer', 'why'], left);
  const versions = { ...versionsOf(installed), ...(hasNpm ? { 'npm isolation-forest': '0.0.9' } : {}) };
  writeResult('speed', versions, [...figures, ...streamed], { sizes: numbers });
});
