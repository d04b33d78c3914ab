import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { NightjarError } from '../api/errors.ts';
import { systemRandom } from '../random/index.ts';
import { errnoOf, makeDirectory, mapFileError, replaceFile, withFileErrors } from './files.ts';
import { deriveKey, KEY_BYTES, seal, unseal } from './sealing.ts';
import { shredFile } from './shred.ts';

/**
 * A vault under the keychain of the operating system opens with three things: its header, in the case; a secret of this
 * case alone, in a file of the user's configuration directory; and the keychain's secret, which the desktop's main
 * process gets from the system and hands to the engine. The file is what destruction removes: afterwards no copy of the
 * case opens, wherever it lies, unless somebody copied that file as well.
 */
export const caseSecretPath = (keyringPath: string, caseId: string): string =>
  join(dirname(keyringPath), 'keychain', caseId);

/** Draws the secret of a case and keeps it, sealed under the keychain's secret. */
export const createCaseSecret = (keyringPath: string, caseId: string, keychainSecret: Uint8Array): Buffer => {
  const path = caseSecretPath(keyringPath, caseId);
  const secret = Buffer.from(systemRandom.bytes(KEY_BYTES));
  withFileErrors(path, () => makeDirectory(dirname(path)));
  replaceFile(path, seal(sealingKey(keychainSecret, caseId), secret, contextOf(caseId)));
  return secret;
};

/** The secret of a case. Errors: `vault` when it is missing or does not open under this keychain. */
export const readCaseSecret = (keyringPath: string, caseId: string, keychainSecret: Uint8Array): Buffer => {
  const path = caseSecretPath(keyringPath, caseId);
  let sealed: Buffer;
  try {
    sealed = readFileSync(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw mapFileError(error, path);
    throw keychainError(path, "The case's secret is missing from this user's configuration directory.");
  }
  const secret = unseal(sealingKey(keychainSecret, caseId), sealed, contextOf(caseId));
  if (secret?.length === KEY_BYTES) return secret;
  throw keychainError(path, 'The keychain of this machine does not open the vault.');
};

/** Overwrites and removes the secret of a case; no key is needed. Returns whether there was one. */
export const shredCaseSecret = (keyringPath: string, caseId: string): boolean =>
  shredFile(caseSecretPath(keyringPath, caseId), KEY_BYTES * 2);

const sealingKey = (keychainSecret: Uint8Array, caseId: string): Buffer =>
  deriveKey(keychainSecret, caseId, 'nightjar keychain 1 case secret');

const contextOf = (caseId: string): string => `nightjar keychain 1 secret of ${caseId}`;

const keychainError = (where: string, message: string): NightjarError =>
  new NightjarError('vault', message, {
    where,
    next: 'Open the case as the user who made it, on the machine where it was made.',
  });
