import { expect, onTestFinished, test, vi } from 'vitest';

import { createCase, openCase, verifyJournal } from '../../core/store/index.ts';
import { casePlace, failure } from './support.ts';

const setClock = (year: number): void => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(Date.UTC(2026, 0, 1)).setUTCFullYear(year) });
  onTestFinished(() => void vi.useRealTimers());
};

test.each([12_000, -1])('a clock in the year %i writes nothing that no one reads again', async (year) => {
  const { directory, keyringPath } = casePlace();
  const site = await createCase(directory, { keyringPath });
  setClock(year);
  const error = await failure(() => site.journal.append('test'));
  expect([error.code, error.message]).toEqual(['input', 'The clock of this machine is set to no year of four digits.']);
  await site.close();
  expect((await failure(() => openCase(directory, { keyringPath }))).message).toBe(error.message);
  vi.useRealTimers();
  expect(verifyJournal(directory).ok).toBe(true);
  await (await openCase(directory, { keyringPath })).close();
});

test('a clock that was set back, or far ahead, leaves a journal that is whole', async () => {
  const { directory, keyringPath } = casePlace();
  const site = await createCase(directory, { keyringPath });
  for (const year of [1970, 9999, 2001]) {
    setClock(year);
    expect(site.journal.append('test').at.slice(0, 4)).toBe(String(year));
  }
  await site.close();
  vi.useRealTimers();
  expect(verifyJournal(directory).ok).toBe(true);
});
