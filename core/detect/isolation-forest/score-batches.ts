import type { ColumnBatch } from '../../table/table.ts';
import type { Run } from '../schema.ts';
import type { Forest } from './forest.ts';
import { scoreElsewhere } from './score.ts';

/**
 * Scores a table that need not fit in memory, batch by batch, in order: the scores of `scoreForest`. The next batch is read
 * while one is scored, so two are held at a time. Batches of 200,000 rows at 100 trees and more are scored on
 * `run.threads` threads besides the caller's, which reads; they should lie on shared memory, or are copied there.
 * Progress counts rows, without a total. Throws as `scoreForest` does, and whatever `batches` throws.
 */
export async function* scoreBatches(
  forest: Forest,
  batches: AsyncIterable<ColumnBatch>,
  run: Run = {},
): AsyncGenerator<Float64Array, void, undefined> {
  const reader = batches[Symbol.asyncIterator]();
  const { onProgress, ...quiet } = run;
  let done = 0;
  try {
    let batch = await reader.next();
    while (batch.done !== true) {
      const [scores, next] = await Promise.all([scoreElsewhere(forest, batch.value, quiet), reader.next()]);
      batch = next;
      done += scores.length;
      onProgress?.({ stage: 'isolationForest', done, unit: 'rows' });
      yield scores;
    }
  } finally {
    await reader.return?.();
  }
}
