import type { Worker } from 'node:worker_threads';
import { spawnWorker } from '../../workers/index.ts';
import { createTermTables, settleTables, wantSettling, type SpareBuffers } from '../encode/index.ts';
import type { Block, EncodedColumn, ReadPlan } from '../plan.ts';
import { createBlockParser } from './block-parser.ts';
import type { Parsed, ParseRequest, ParseWorkerData } from './parse-worker.ts';

/** Parses blocks somewhere else, a few at a time. */
export type ParsePool = {
  /** The block is the pool's from here on; the answer tells which memory it lay in, for the next one. */
  parse(block: Block): Promise<Parsed>;
  /** Takes the memory of columns that nobody needs any more. */
  reuse(columns: readonly EncodedColumn[]): void;
  /** Blocks it works on at once before `parse` only queues. */
  readonly width: number;
  close(): Promise<void>;
};

/** Parses on the calling thread: for small files and for logs that must be read in order. */
export const createInlinePool = (plan: ReadPlan, key: Uint8Array): ParsePool => {
  const parse = createBlockParser(plan, key);
  const spares: SpareBuffers[] = [];
  return {
    parse: (block) => Promise.resolve({ encoded: parse(block, spares.pop()), bytes: block.bytes.buffer }),
    reuse: (columns) => spares.push(columns.map((column) => column.data)),
    width: 1,
    close: () => Promise.resolve(),
  };
};

/**
 * Parses in `threads` workers that share what they remember of the values so far. The result does not depend on which
 * worker a block meets. Where that memory is short, blocks wait until no worker uses it and it has more room.
 */
export const createWorkerPool = (plan: ReadPlan, key: Uint8Array, threads: number): ParsePool => {
  const tables = createTermTables(plan.columns, key);
  const data: ParseWorkerData = { plan, key, tables };
  const waiting = new Map<number, { resolve(parsed: Parsed): void; reject(error: unknown): void }>();
  const idle: Worker[] = [];
  const queue: Block[] = [];
  const spares: SpareBuffers[] = [];
  let failure: unknown;

  const fail = (error: unknown): void => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const send = (worker: Worker, request: ParseRequest, transfer: ArrayBuffer[] = []): void =>
    worker.postMessage(request, transfer);
  const next = (): void => {
    if (queue.length > 0 && wantSettling(tables)) {
      if (idle.length < workers.length) return;
      settleTables(tables, plan.columns);
      for (const worker of workers) send(worker, { tables });
    }
    while (idle.length > 0 && queue.length > 0) {
      const worker = idle.pop();
      const block = queue.shift();
      if (!worker || !block) return;
      const spare = spares.pop() ?? [];
      const { buffer } = block.bytes;
      send(worker, { block, spare }, buffer instanceof ArrayBuffer ? [buffer] : []);
    }
  };
  const workers = Array.from({ length: threads }, () => {
    const worker = spawnWorker(import.meta.url, './parse-worker', data);
    worker.on('message', (parsed: Parsed) => {
      waiting.get(parsed.encoded.index)?.resolve(parsed);
      waiting.delete(parsed.encoded.index);
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
    reuse: (columns) => spares.push(columns.map((column) => column.data)),
    close: async () => {
      for (const worker of workers) worker.removeAllListeners('exit');
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
};
