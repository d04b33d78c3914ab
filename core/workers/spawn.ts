import { Worker } from 'node:worker_threads';

/**
 * Starts a worker thread from a module beside the caller: `spawnWorker(import.meta.url, './tree-worker', data)`.
 * From `dist` it is plain JavaScript. From sources (tests and development) the worker first registers tsx's loader
 * itself: Node 20 does not hand the hooks of `--import tsx` on to workers.
 */
export const spawnWorker = (from: string, name: string, workerData: unknown): Worker => {
  if (!from.endsWith('.ts')) return new Worker(new URL(`${name}.js`, from), { workerData });
  const boot = `
    require('node:module').register('tsx/esm', { parentURL: ${JSON.stringify(from)}, data: {} });
    import(${JSON.stringify(new URL(`${name}.ts`, from).href)});
  `;
  return new Worker(boot, { eval: true, workerData });
};
