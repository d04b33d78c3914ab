import { Worker } from 'node:worker_threads';

/**
 * Starts a worker from a module beside the caller: `startWorker(import.meta.url, './my-worker',
 * data)`. From sources the worker first registers tsx's loader itself: Node 20 does not hand the
 * hooks of `--import tsx` on to workers.
 */
export const startWorker = (from: string, name: string, workerData: unknown): Worker => {
  if (!from.endsWith('.ts')) return new Worker(new URL(`${name}.js`, from), { workerData });
  const boot = `
    require('node:module').register('tsx/esm', { parentURL: ${JSON.stringify(from)}, data: {} });
    import(${JSON.stringify(new URL(`${name}.ts`, from).href)});
  `;
  return new Worker(boot, { eval: true, workerData });
};
