/** Streams a Parquet file of float columns through a fitted forest, several times over, and prints rate and memory. */
import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { fitForest, scoreBatches, scoreForest } from '../../../core/detect/isolation-forest/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { streamResult } from '../../../core/store/stream-result.ts';
import { vectorItems } from '../../../core/store/vector-data.ts';
import type { ColumnBatch, Matrix } from '../../../core/table/index.ts';
import { peakOf } from '../harness/run.ts';

const INPUT = z.object({
  file: z.string(),
  rows: z.int(),
  columns: z.int(),
  trees: z.int(),
  threads: z.int(),
  batchRows: z.int(),
  warmUpRows: z.int(),
});
const input = INPUT.parse(JSON.parse(process.argv[2] ?? ''));
const { rows, columns, trees, threads, batchRows } = input;
const names = Array.from({ length: columns }, (_, j) => `f${j}`);

const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '1GiB' });
const connection = await instance.connect();

/** The first `limit` rows of the file, over and over, in batches on shared memory. While one is filled the other is scored. */
async function* read(limit: number): AsyncGenerator<ColumnBatch, void, undefined> {
  const buffers = Array.from({ length: 2 }, () => new Float32Array(new SharedArrayBuffer(batchRows * columns * 4)));
  let taken = 0;
  let batches = 0;
  let filled = 0;
  let values = buffers[0] ?? new Float32Array(0);
  const batchOf = (count: number): ColumnBatch => ({ rows: count, columns, capacity: batchRows, values });
  while (taken < limit) {
    const result = await streamResult(connection, 'SELECT * FROM read_parquet($1)', [input.file]);
    for (let chunk = await result.next(); chunk !== null; chunk = await result.next()) {
      const of = chunk;
      const vectors = names.map((_, j) => vectorItems(of.getColumnVector(j)));
      const count = Math.min(of.rowCount, limit - taken);
      // As large as a batch, less what a chunk may not fit any more.
      if (filled + count > batchRows) {
        yield batchOf(filled);
        values = buffers[++batches % buffers.length] ?? values;
        filled = 0;
      }
      vectors.forEach((items, j) => {
        if (!(items instanceof Float32Array)) throw new TypeError('A column does not hold float32.');
        values.set(items.subarray(0, count), j * batchRows + filled);
      });
      filled += count;
      taken += count;
    }
  }
  if (filled > 0) yield batchOf(filled);
}

const collect = async (limit: number): Promise<Matrix> => {
  const values = new Float32Array(new SharedArrayBuffer(limit * columns * 4));
  let at = 0;
  for await (const batch of read(limit)) {
    for (let i = 0; i < batch.rows; i++) {
      for (let j = 0; j < columns; j++) values[at++] = batch.values[j * batch.capacity + i] ?? Number.NaN;
    }
  }
  return { rows: limit, columns, names, values };
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

const matrix = await collect(input.warmUpRows);
const forest = await fitForest(matrix, seededRandom(1), {}, { trees });
await scoreForest(forest, matrix, { threads });
const inMemoryMs = await timed(() => scoreForest(forest, matrix, { threads }));
const before = peakOf('self');
const cpu = process.cpuUsage();
let scored = 0;
let highest = 0;
const streamMs = await timed(async () => {
  for await (const scores of scoreBatches(forest, read(rows), { threads })) {
    scored += scores.length;
    for (const score of scores) if (score > highest) highest = score;
  }
});
const { user, system } = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    scored,
    highest,
    inMemoryRowsPerSecond: (1000 * matrix.rows) / inMemoryMs,
    streamRowsPerSecond: (1000 * scored) / streamMs,
    cpuMs: (user + system) / 1000,
    peakBytesBefore: before,
    peakBytes: peakOf('self'),
  }),
);
connection.closeSync();
instance.closeSync();
