/** Times our isolation forest on a file of float32 rows and prints it: each run is a process of its own, as each peer's is. */
import { closeSync, openSync, readSync } from 'node:fs';
import { z } from 'zod';
import { fitForest, scoreForest, scoreRow } from '../../../core/detect/isolation-forest/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import type { Matrix } from '../../../core/table/index.ts';
import { median } from '../harness/statistics.ts';

const INPUT = z.object({
  values: z.string(),
  rows: z.int(),
  columns: z.int(),
  trees: z.int(),
  threads: z.int(),
  warmUpRows: z.int(),
  batches: z.array(z.int()),
  singleRows: z.int(),
});
const input = INPUT.parse(JSON.parse(process.argv[2] ?? ''));
const { rows, columns, trees, threads } = input;
const names = Array.from({ length: columns }, (_, j) => `f${j}`);

/** Where workers see it, as a table that was scaled for a detector lies. */
const readShared = (file: string): Float32Array => {
  const values = new Float32Array(new SharedArrayBuffer(rows * columns * 4));
  const bytes = new Uint8Array(values.buffer);
  const part = new Uint8Array(2 ** 22);
  const handle = openSync(file, 'r');
  for (let at = 0; at < bytes.length;) {
    const read = readSync(handle, part, 0, part.length, at);
    if (read === 0) throw new Error('The file of values is too short.');
    bytes.set(part.subarray(0, Math.min(read, bytes.length - at)), at);
    at += read;
  }
  closeSync(handle);
  return values;
};

const timed = async (work: () => unknown): Promise<{ readonly wallMs: number; readonly cpuMs: number }> => {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1000 };
};

const values = readShared(input.values);
const matrix: Matrix = { rows, columns, names, values };
const part = (from: number, to: number): Matrix => ({
  ...matrix,
  rows: to - from,
  values: values.subarray(from * columns, to * columns),
});
const fit = (seed: number) => fitForest(matrix, seededRandom(seed), {}, { trees });

const first = await timed(() => fit(0));
const again: number[] = [];
for (let seed = 1; seed <= 9; seed++) again.push((await timed(() => fit(seed))).wallMs);
const forest = await fit(1);

await scoreForest(forest, part(0, input.warmUpRows), { threads });
const score = await timed(() => scoreForest(forest, matrix, { threads }));

const batchMs: Record<string, number> = {};
for (const size of input.batches) {
  const calls = Math.max(1, Math.min(200, Math.floor(Math.min(200_000, rows) / size)));
  const each: number[] = [];
  for (let k = 0; k < calls; k++) {
    const batch = part(k * size, (k + 1) * size);
    each.push((await timed(() => scoreForest(forest, batch, { threads }))).wallMs);
  }
  batchMs[size] = median(each);
}

/** Microseconds per row at quantiles .5, .99 and .999: rows arrive one by one, after a tenth as many to warm up. */
const singleMicros = (): readonly number[] | null => {
  if (input.singleRows === 0) return null;
  const warmUp = Math.floor(input.singleRows / 10);
  const micros = new Float64Array(input.singleRows);
  for (let k = -warmUp; k < micros.length; k++) {
    const row = values.slice(((k + warmUp) % rows) * columns, (((k + warmUp) % rows) + 1) * columns);
    const startedAt = performance.now();
    scoreRow(forest, row);
    if (k >= 0) micros[k] = (performance.now() - startedAt) * 1000;
  }
  micros.sort();
  return [0.5, 0.99, 0.999].map((q) => micros[Math.floor(q * micros.length)] ?? Number.NaN);
};

console.log(
  JSON.stringify({
    firstFitMs: first.wallMs,
    fitMs: median(again),
    scoreMs: score.wallMs,
    scoreCpuMs: score.cpuMs,
    batchMs,
    singleMicros: singleMicros(),
  }),
);
