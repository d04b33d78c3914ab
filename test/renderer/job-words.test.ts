import { expect, it } from 'vitest';
import { shareOf, stageCount } from '../../renderer/jobs/job-words.ts';

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

it.each([
  [{ done: 20, total: 100 }, 0.2],
  [{ done: 20, total: null }, null],
  [{ done: 0, total: 0 }, null],
  // Work that goes on behind a full bar looks as if it hung.
  [{ done: 100, total: 100 }, null],
])('how far %j is: %s', (stage, share) => {
  const before = { stage: 'import', done: 7, total: 7, unit: 'bytes' };
  expect(shareOf({ stages: [before, { stage: 'features', unit: 'rows', ...stage }] })).toBe(share);
  expect(shareOf({ stages: [] })).toBeNull();
});
