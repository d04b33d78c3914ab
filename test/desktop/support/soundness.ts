import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { verifyJournal } from '../../../core/index.ts';
import { keptIn, type Kept } from '../../robustness/support.ts';

/** Where a run with this HOME keeps the case of that name. */
export const caseIn = (home: string, name: string): string => join(home, '.local/share/nightjar/cases', name);

/** What a case that nobody has open holds, after checking that its counts add up, its journal verifies and nobody's lock is left. */
export const soundCase = async (home: string, name: string): Promise<Kept> => {
  const directory = caseIn(home, name);
  expect(existsSync(join(directory, 'lock'))).toBe(false);
  expect(verifyJournal(directory)).toMatchObject({ ok: true });
  const kept = await keptIn(directory, join(home, '.config/nightjar/keyring'));
  expect(kept.read).toBe(kept.stored + kept.quarantined);
  expect(kept.events).toBe(kept.stored);
  return kept;
};
