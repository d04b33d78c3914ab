import { readFileSync } from 'node:fs';

import { NightjarError } from '../../../core/index.ts';
import { text, type OptionValues } from '../command.ts';
import type { Terminal } from '../terminal.ts';

/** The passphrase of a reviewer's key: from a file, or from the variable NIGHTJAR_KEY_PASSPHRASE; undefined for none. */
export const keyPassphrase = (values: OptionValues, terminal: Terminal): string | undefined => {
  const path = text(values, 'key-passphrase-file');
  if (path === undefined) return terminal.env['NIGHTJAR_KEY_PASSPHRASE'] || undefined;
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/u, '');
  } catch (error) {
    const next = 'Check its path and permissions.';
    throw new NightjarError('usage', 'The passphrase file cannot be read.', { where: path, next }, error);
  }
};
