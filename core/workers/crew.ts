import type { Worker } from 'node:worker_threads';
import { NightjarError } from '../api/errors.ts';
import { spawnWorker } from './spawn.ts';

/** How long a thread without work is kept: starting one costs as much as scoring 50,000 rows. */
const IDLE_MS = 5000;

type Idle = { readonly worker: Worker; readonly timer: NodeJS.Timeout };

/** Threads without work, by module. */
const idle = new Map<string, Idle[]>();

/**
 * Has `count` worker threads of the module `name` beside the caller do `job`, and resolves when all have answered.
 * Such a module posts a message back per job. Threads are kept for the next job for a few seconds and do not hold the process.
 * Memory that several threads or the caller see must be shared. Throws `internal` when a thread fails.
 */
export const shareWork = async (from: string, name: string, job: unknown, count: number): Promise<void> => {
  const module = new URL(name, from).href;
  await Promise.all(
    Array.from({ length: Math.max(0, count) }, async () => {
      const worker = takeIdle(module) ?? spawnWorker(from, name, undefined);
      await answerOf(worker, job);
      keepIdle(module, worker);
    }),
  );
};

const answerOf = (worker: Worker, job: unknown): Promise<void> =>
  new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.off('message', answered).off('error', failed).off('exit', failed);
      act();
    };
    const answered = (): void => settle(resolve);
    const failed = (cause: unknown): void =>
      settle(() => reject(new NightjarError('internal', 'A worker thread stopped early.', {}, cause)));
    worker.once('message', answered).once('error', failed).once('exit', failed);
    worker.ref();
    worker.postMessage(job);
  });

const takeIdle = (module: string): Worker | undefined => {
  const found = idle.get(module)?.pop();
  if (found !== undefined) clearTimeout(found.timer);
  return found?.worker;
};

const keepIdle = (module: string, worker: Worker): void => {
  const waiting = idle.get(module) ?? [];
  idle.set(module, waiting);
  const leave = (): void => {
    const at = waiting.findIndex((entry) => entry.worker === worker);
    if (at >= 0) waiting.splice(at, 1);
    void worker.terminate();
  };
  worker.unref();
  waiting.push({ worker, timer: setTimeout(leave, IDLE_MS).unref() });
};
