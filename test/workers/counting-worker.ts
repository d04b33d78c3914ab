import { answerChunks } from '../../core/workers/index.ts';

/** Boundary: the job is what the test hands over. */
type CountingJob = { readonly done: Int32Array; readonly failAt: number };

// Marks each chunk it does; fails at one of them.
answerChunks((job) => {
  const { done, failAt } = job as CountingJob;
  return (chunk) => {
    if (chunk === failAt) throw new RangeError('as told');
    Atomics.add(done, chunk, 1);
  };
});
