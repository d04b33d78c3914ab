import type { Worker } from 'node:worker_threads';
import { spawnWorker } from '../../workers/index.ts';
import type { Block, EncodedBlock, ReadPlan } from '../plan.ts';
import { createBlockParser } from './block-parser.ts';
import type { ParseWorkerData } from './parse-worker.ts';

/** Parses blocks somewhere else, a few at a time. */
export type ParsePool = {
  parse(block: Block): Promise<EncodedBlock>;
  /** Blocks it works on at once before `parse` only queues. */
  readonly width: number;
  close(): Promise<void>;
};

/** Parses on the calling thread: for small files and for logs that must be read in order. */
export const createInlinePool = (plan: ReadPlan, key: Uint8Array): ParsePool => {
  const parse = createBlockParser(plan, key);
  return { parse: (block) => Promise.resolve(parse(block)), width: 1, close: () => Promise.resolve() };
};

/** Parses in `threads` workers. The result does not depend on which worker a block meets. */
export const createWorkerPool = (plan: ReadPlan, key: Uint8Array, threads: number): ParsePool => {
  const data: ParseWorkerData = { plan, key };
  const waiting = new Map<number, { resolve(encoded: EncodedBlock): void; reject(error: unknown): void }>();
  const idle: Worker[] = [];
  const queue: Block[] = [];
  let failure: unknown;

  const fail = (error: unknown): void => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const next = (): void => {
    while (idle.length > 0 && queue.length > 0) {
      const worker = idle.pop();
      const block = queue.shift();
      if (worker && block)
        worker.postMessage(block, block.bytes.buffer instanceof ArrayBuffer ? [block.bytes.buffer] : []);
    }
  };
  const workers = Array.from({ length: threads }, () => {
    const worker = spawnWorker(import.meta.url, './parse-worker', data);
    worker.on('message', (encoded: EncodedBlock) => {
      waiting.get(encoded.index)?.resolve(encoded);
      waiting.delete(encoded.index);
      idle.push(worker);
      next();
    });
    worker.on('error', fail);
    worker.on('exit', (code) => {
      if (code !== 0) fail(new Error(`A parsing worker ended with code ${code}.`));
    });
    idle.push(worker);
    return worker;
  });

  return {
    width: threads,
    parse: (block) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) {
          reject(failure);
          return;
        }
        waiting.set(block.index, { resolve, reject });
        queue.push(block);
        next();
      }),
    close: async () => {
      for (const worker of workers) worker.removeAllListeners('exit');
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
};
