import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../api/errors.ts';
import type { Watch } from '../api/progress.ts';

/** Longest stretch without looking at the signal: well under the 200 ms a cancel may take. */
const STRETCH_MS = 20;

/**
 * A pause for long loops on the main thread: `await pace()` now and then lets timers and signals
 * run when 20 ms have passed, and throws `cancelled` once the signal has fired.
 */
export const makePace = (watch: Watch): (() => Promise<void>) => {
  throwIfCancelled(watch.signal);
  let last = performance.now();
  return async () => {
    if (performance.now() - last < STRETCH_MS) return;
    await nextTurn();
    throwIfCancelled(watch.signal);
    last = performance.now();
  };
};

/** A watch that can still stop a call, but is not told of its progress: for small calls within a larger one. */
export const quietly = <W extends Watch>(watch: W): W => ({ ...watch, onProgress: () => undefined });
