import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

import { NightjarError } from '../api/errors.ts';
import { systemRandom } from '../random/index.ts';
import { errnoOf, makeDirectory, syncDirectory, withFileErrors, writeFully } from './files.ts';
import { newIdentifier } from './identifiers.ts';
import { FILE_MODE } from './layout.ts';
import { KEY_BYTES } from './sealing.ts';

const PREFIX = 'nightjar-keyring-1 ';

/** Where the machine secret lies: in the user's configuration directory, never in a case. */
export const keyringPath = (environment: NodeJS.ProcessEnv = process.env): string => {
  const windows = process.platform === 'win32' ? environment['APPDATA'] : undefined;
  const configuration = windows || environment['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return join(configuration, 'nightjar', 'keyring');
};

/** The machine secret, 32 bytes. Errors: `vault` when it is missing, open to other users, or not as written. */
export const readKeyring = (path: string): Buffer => {
  const text = readText(path);
  const secret = Buffer.from(text.slice(PREFIX.length).trim(), 'base64');
  if (text.startsWith(PREFIX) && secret.length === KEY_BYTES) return secret;
  throw keyringError(path, 'The keyring of this machine is damaged.');
};

/** The machine secret, made on first use (mode 0600). Two processes that make it at once get the same one. */
export const readOrCreateKeyring = (path: string): Buffer => {
  const exists = withFileErrors(path, () => statSync(path, { throwIfNoEntry: false }) !== undefined);
  if (!exists) createKeyring(path);
  return readKeyring(path);
};

const createKeyring = (path: string): void =>
  withFileErrors(path, () => {
    makeDirectory(dirname(path));
    const draft = `${path}.${newIdentifier()}`;
    try {
      const fd = openSync(draft, 'wx', FILE_MODE);
      try {
        const secret = Buffer.from(systemRandom.bytes(KEY_BYTES)).toString('base64');
        writeFully(fd, Buffer.from(`${PREFIX}${secret}\n`));
        fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
      linkSync(draft, path);
      syncDirectory(dirname(path));
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error; // else another process was first, and its secret counts
    } finally {
      rmSync(draft, { force: true });
    }
  });

const readText = (path: string): string => {
  try {
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
      throw keyringError(path, 'The keyring of this machine can be read by other users.', 'Run chmod 600 on it.');
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof NightjarError) throw error;
    const missing = errnoOf(error) === 'ENOENT';
    throw keyringError(path, `The keyring of this machine ${missing ? 'is missing' : 'cannot be read'}.`);
  }
};

const RESTORE = 'Put the keyring back from a backup of your configuration directory: without it the vault stays shut.';

const keyringError = (where: string, message: string, next = RESTORE): NightjarError =>
  new NightjarError('vault', message, { where, next });
