import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Case, CaseOptions } from './case.ts';
import { buildCase } from './create-case.ts';
import { withFileErrors } from './files.ts';
import { casePaths } from './layout.ts';
import { isAbandoned } from './lock-holder.ts';

const PREFIX = 'nightjar-temporary-';

/**
 * A case for one sitting: its directory (mode 0700) is removed at close and when the process exits, its keys are
 * never written. What a killed process left is removed by the next temporary case of the same user.
 */
export const createTemporaryCase = async (
  options: Omit<CaseOptions, 'passphrase' | 'keyringPath'> = {},
): Promise<Case> => {
  removeAbandoned();
  const directory = withFileErrors(tmpdir(), () => mkdtempSync(join(tmpdir(), PREFIX)));
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await buildCase(directory, { ...options, sealing: 'memory' }, () => {
      process.removeListener('exit', remove);
      remove();
    });
  } catch (error) {
    process.removeListener('exit', remove);
    remove();
    throw error;
  }
};

const removeAbandoned = (): void =>
  withFileErrors(tmpdir(), () => {
    for (const name of readdirSync(tmpdir())) {
      const directory = join(tmpdir(), name);
      if (name.startsWith(PREFIX) && isOurs(directory) && isAbandoned(casePaths(directory).lock)) {
        rmSync(directory, { recursive: true, force: true });
      }
    }
  });

const isOurs = (path: string): boolean => {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && (process.getuid === undefined || stat.uid === process.getuid());
};
