import { parentPort } from 'node:worker_threads';
import { shareWork } from './crew.ts';

/** Work that falls into chunks, to be done in any order by any thread. `job` goes to other threads: shared memory is seen by all. */
export type Chunked<Job> = {
  readonly job: Job;
  readonly chunks: number;
  /** Threads in all; the caller's is one of them, unless it shall be left free for something else. */
  readonly threads: number;
  readonly leaveCallerFree?: boolean;
  /** When it fires, threads stop after the chunk they are at: the caller looks at it and knows what is missing. */
  readonly signal?: AbortSignal;
  /** The module of the other threads, which calls `answerChunks`: the caller's address and a name beside it. */
  readonly from: string;
  readonly module: string;
};

type Share = { readonly job: unknown; readonly chunks: number; readonly next: Int32Array };

/**
 * Does `work` for every chunk here, and on other threads at the same time. After each chunk done here `after` gets how many
 * chunks were taken so far, by anybody; when it throws, the others stop after the chunk they are at. Throws `internal` when
 * a thread fails.
 */
export const inChunks = async <Job>(
  { job, chunks, threads, leaveCallerFree = false, from, module, signal }: Chunked<Job>,
  work: (chunk: number) => void,
  after: (taken: number) => Promise<void>,
): Promise<void> => {
  if (chunks === 1 && threads <= 1 && !leaveCallerFree) {
    work(0);
    return after(1);
  }
  const share: Share = { job, chunks, next: new Int32Array(new SharedArrayBuffer(4)) };
  const workHere = async (): Promise<void> => {
    for (let chunk = take(share); chunk < chunks; chunk = take(share)) {
      work(chunk);
      await after(Math.min(chunks, Atomics.load(share.next, 0)));
    }
  };
  const stop = (): void => void Atomics.store(share.next, 0, chunks);
  signal?.addEventListener('abort', stop);
  const needed = Math.min(threads, chunks);
  try {
    if (leaveCallerFree) await shareWork(from, module, share, needed);
    else await Promise.all([shareWork(from, module, share, needed - 1), workHere()]);
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
};

/** For a module of worker threads: does chunks of the jobs it gets by `workOf(job)`, until none is left. */
export const answerChunks = (workOf: (job: unknown) => (chunk: number) => void): void => {
  // Boundary: the message is what `inChunks` sends.
  parentPort?.on('message', (share: Share) => {
    const work = workOf(share.job);
    for (let chunk = take(share); chunk < share.chunks; chunk = take(share)) work(chunk);
    parentPort?.postMessage('done');
  });
};

/** The next chunk nobody has taken. */
const take = ({ next }: Share): number => Atomics.add(next, 0, 1);
