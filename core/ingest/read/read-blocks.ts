import { NightjarError, throwIfCancelled } from '../../api/errors.ts';
import type { EncodedBlock, ReadPlan, Rejection } from '../plan.ts';
import type { Splitter } from './blocks.ts';
import { createInlinePool, createWorkerPool } from './parse-pool.ts';

/** Rows that are handed on at once; two such runs at most wait in memory. */
const RUN_ROWS = 1 << 18;
/** Below this a worker's start costs more than it saves. */
const INLINE_BYTES = 8 << 20;

export type ReadOptions = {
  readonly plan: ReadPlan;
  readonly key: Uint8Array;
  /** UTF-8 bytes of the file. */
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly splitter: Splitter;
  /** Header records to pass over. */
  readonly skip: number;
  /** Size of the file as far as known: decides whether workers are worth it. */
  readonly bytes: number;
  readonly threads: number;
  /** One parser in file order, for logs whose meaning depends on earlier lines. */
  readonly sequential: boolean;
  readonly signal: AbortSignal | undefined;
};

/** What the reader hands on, in no particular order of blocks. */
export type BlockConsumer = {
  /** Takes a block whose rejections carry absolute line numbers; calls `done` once it needs its columns no more. */
  take(block: EncodedBlock, done: () => void): void;
  takeRejections(rejections: readonly Rejection[]): void;
  /** Rows waiting to be stored. */
  pendingRows(): number;
  /** Stores what waits. Called again only after it is done. */
  store(): Promise<void>;
};

/** Reads a file to its end: splits, parses in parallel and stores, at most a few blocks and two runs in memory. */
export const readBlocks = async (options: ReadOptions, consumer: BlockConsumer): Promise<void> => {
  const inline = options.sequential || options.threads < 1 || options.bytes < INLINE_BYTES;
  const pool = inline
    ? createInlinePool(options.plan, options.key)
    : createWorkerPool(options.plan, options.key, options.threads);
  const parsing = new Set<Promise<void>>();
  let storing: Promise<void> | undefined;
  let failure: { error: unknown } | undefined;
  let index = 0;
  let skip = options.skip;

  const check = (): void => {
    throwIfCancelled(options.signal);
    if (failure) throw failure.error;
  };
  const storeSoon = (): void => {
    if (storing || consumer.pendingRows() < RUN_ROWS) return;
    storing = consumer
      .store()
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .then(() => {
        storing = undefined;
      });
  };
  const submit = async (bytes: Uint8Array, firstLine: number): Promise<void> => {
    const task: Promise<void> = pool
      .parse({ index: index++, bytes, skip })
      .then(({ encoded, bytes: memory }) => {
        if (memory instanceof ArrayBuffer) options.splitter.reuse?.(memory);
        const rejections = encoded.rejections.map((r) => ({ ...r, line: r.line + firstLine }));
        consumer.take({ ...encoded, rejections }, () => pool.reuse(encoded.columns));
        storeSoon();
      })
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .then(() => {
        parsing.delete(task);
      });
    skip = 0;
    parsing.add(task);
    while (parsing.size > pool.width + 1) await Promise.race(parsing);
    if (consumer.pendingRows() > 2 * RUN_ROWS) await storing;
    check();
  };

  try {
    for await (const chunk of options.chunks) {
      const cut = options.splitter.push(chunk);
      consumer.takeRejections(options.splitter.takeRejections());
      if (cut) await submit(cut.bytes, cut.firstLine);
      check();
    }
    for (let cut = options.splitter.end(); cut; cut = options.splitter.end()) await submit(cut.bytes, cut.firstLine);
    consumer.takeRejections(options.splitter.takeRejections());
    await Promise.all(parsing);
    await storing;
    check();
    await consumer.store();
  } catch (error) {
    await storing;
    throw error instanceof RangeError && /array length|allocation/iu.test(error.message)
      ? new NightjarError('memory', 'Not enough memory to read the file.', { next: 'Raise the memory limit.' }, error)
      : error;
  } finally {
    await pool.close();
  }
};
