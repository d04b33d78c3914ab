import { expect, it } from 'vitest';
import { stageCount } from '../../renderer/jobs/job-words.ts';

it.each([
  [{ done: 20, total: 100, unit: 'rows' }, false, '20 of 100 rows'],
  [{ done: 100, total: 100, unit: 'rows' }, true, '100 rows'],
  [{ done: 1500, total: 3000, unit: 'bytes' }, false, '1.5 kB of 3.0 kB'],
  [{ done: 0, total: 100, unit: 'rows' }, false, '0 of 100 rows'],
  // It ended sooner than it first told: nothing is better than that nothing was done.
  [{ done: 0, total: 4000, unit: 'steps' }, true, ''],
])('%j, ended %s', (stage, isDone, words) => {
  expect(stageCount({ stage: 'autoencoder', ...stage }, isDone)).toBe(words);
});
