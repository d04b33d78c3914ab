import { parentPort, workerData } from 'node:worker_threads';
import { CHUNK_ROWS, type ScoreJob } from './score.ts';
import { addPathLengths } from './traverse.ts';

// Boundary: the data is what score.ts passed to spawnWorker.
const job = workerData as ScoreJob;

for (;;) {
  const from = Atomics.add(job.next, 0, 1) * CHUNK_ROWS;
  if (from >= job.rows) break;
  const to = Math.min(job.rows, from + CHUNK_ROWS);
  addPathLengths(job.forest, job.values, from, to, job.sums, job.missing);
  parentPort?.postMessage(to - from);
}
