import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { NightjarError } from '../errors.ts';
import type { Grants } from './grants.ts';

/** Writes a text to the granted place, or gives it back where none is given. Errors: `input` where it cannot be written. */
export const saveText = (text: string, to: string | undefined, grants: Grants): Blob | null => {
  if (to === undefined) return new Blob([text], { type: 'text/csv' });
  const path = grants.pathOf(to, 'save');
  try {
    writeFileSync(path, text, { mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const full = error.code === 'ENOSPC';
    throw new NightjarError(
      full ? 'disk-full' : 'input',
      full ? 'The disk is full.' : 'The file cannot be written.',
      { where: basename(path), next: 'Choose another place.' },
      error,
    );
  }
  return null;
};
