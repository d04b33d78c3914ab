import { Worker } from 'node:worker_threads';

/**
 * Starts a worker thread from a module beside the caller: `spawnWorker(import.meta.url, './tree-worker', data)`.
 * From sources (`.ts`: tests and development) the worker loads through tsx; from `dist` it is plain JavaScript.
 */
export const spawnWorker = (from: string, name: string, workerData: unknown): Worker => {
  const fromSource = from.endsWith('.ts');
  const url = new URL(`${name}${fromSource ? '.ts' : '.js'}`, from);
  return new Worker(url, { workerData, ...(fromSource ? { execArgv: ['--import', 'tsx'] } : {}) });
};
