import { setImmediate as nextTurn } from 'node:timers/promises';

import { throwIfCancelled } from './errors.ts';

/** One step of a long call: `done` of `total` in `unit`; `total` is absent where it cannot be known. */
export type Progress = {
  readonly stage: string;
  readonly done: number;
  readonly total?: number;
  readonly unit: string;
};

/** How a long call is watched and stopped. */
export type Watch = {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
};

/** Gives way once, so that a cancel is heard. Throws `cancelled`. */
export const breathe = async ({ signal }: Watch): Promise<void> => {
  await nextTurn();
  throwIfCancelled(signal);
};

/** Longest stretch without looking at the signal: well under the 200 ms a cancel may take. */
const STRETCH_MS = 20;

/**
 * A pause for long loops on one thread: `await pace()` now and then gives way when 20 ms have passed. Throws `cancelled` once
 * the signal has fired, and at once where it has already.
 */
export const makePace = (watch: Watch): (() => Promise<void>) => {
  throwIfCancelled(watch.signal);
  let last = performance.now();
  return async () => {
    if (performance.now() - last < STRETCH_MS) return;
    await breathe(watch);
    last = performance.now();
  };
};
