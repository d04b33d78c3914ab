import { parentPort, workerData } from 'node:worker_threads';
import { systemRandom } from '../../core/random/index.ts';
import { createNoiseSource } from '../../core/random/noise-source.ts';

// Sends uniform integers of 53 bits, drawn from a source of this thread's own.
const source = createNoiseSource(systemRandom);
parentPort?.postMessage(Float64Array.from({ length: Number(workerData) }, () => source.below(2 ** 53)));
source.close();
