import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inChunks } from '../../core/workers/index.ts';

const marks = (chunks: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * chunks));
const plan = (job: { readonly done: Int32Array; readonly failAt: number }, threads: number) => ({
  job,
  chunks: job.done.length,
  threads,
  from: import.meta.url,
  module: './counting-worker',
});

describe('inChunks', () => {
  it.each([1, 2, 3, 4])('does every chunk once, on %d threads, time and again', async (threads) => {
    for (let round = 0; round < 3; round++) {
      const done = marks(2000);
      let last = 0;
      const work = (chunk: number): void => void Atomics.add(done, chunk, 1);
      await inChunks(plan({ done, failAt: -1 }, threads), work, async (taken) => {
        expect(taken).toBeGreaterThan(last);
        last = taken;
        if (taken % 50 === 0) await wait(1);
      });
      expect(done.every((times) => times === 1)).toBe(true);
    }
  });

  it('does nothing for no chunks', async () => {
    await inChunks(
      plan({ done: marks(0), failAt: -1 }, 3),
      () => expect.unreachable(),
      () => expect.unreachable(),
    );
  });

  it('says that a thread failed, and works again afterwards', async () => {
    const done = marks(1000);
    const nothingHere = (chunk: number): void => void Atomics.add(done, chunk, chunk === 0 ? 1 : 0);
    const slowly = (): Promise<void> => wait(20);
    // Whoever comes first takes a chunk; this thread is slow, so the other one meets chunk 900.
    await expect(inChunks(plan({ done, failAt: 900 }, 2), nothingHere, slowly)).rejects.toMatchObject({
      code: 'internal',
    });
    const again = marks(10);
    await inChunks(plan({ done: again, failAt: -1 }, 2), (chunk) => void Atomics.add(again, chunk, 1), slowly);
    expect([...again]).toEqual(Array.from({ length: 10 }, () => 1));
  });

  it('lets the others stop when the caller does', async () => {
    const done = marks(1_000_000);
    const stop = (): Promise<void> => Promise.reject(new RangeError('enough'));
    await expect(inChunks(plan({ done, failAt: -1 }, 2), () => undefined, stop)).rejects.toThrow('enough');
    await wait(50);
    const then = done.reduce((a, b) => a + b, 0);
    await wait(50);
    expect(done.reduce((a, b) => a + b, 0)).toBe(then);
    expect(then).toBeLessThan(1_000_000);
  });
});
