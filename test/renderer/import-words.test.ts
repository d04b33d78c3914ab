import { expect, test } from 'vitest';
import { importWords } from '../../renderer/routes/decisions/import-words.ts';

const NOTHING = { changed: 0, unchanged: 0, unmatched: 0, skipped: 0, conflicting: 0 };

test.each([
  [{ changed: 1 }, '1 decision read from v.csv.'],
  [{ changed: 2, unchanged: 3 }, '2 decisions read from v.csv; 3 as before.'],
  [{ unmatched: 4 }, '0 decisions read from v.csv; 4 about nobody in this case.'],
  [{ changed: 1, skipped: 1 }, '1 decision read from v.csv; 1 row without an actor or a label left out.'],
  [
    { changed: 2, skipped: 2, conflicting: 1 },
    '2 decisions read from v.csv; 2 rows without an actor or a label left out, the last row counts for 1 actor whose rows disagree.',
  ],
])('%j', (read, words) => {
  expect(importWords('v.csv', { ...NOTHING, ...read })).toBe(words);
});
