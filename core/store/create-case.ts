import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { NightjarError } from '../api/errors.ts';
import { systemRandom } from '../random/index.ts';
import { assembleCase, databaseOptions, memoryOf, vaultOpener, type Case, type CaseOptions } from './case.ts';
import { timeNow } from './clock.ts';
import { openDatabase } from './database.ts';
import { makeDirectory, withFileErrors } from './files.ts';
import { newIdentifier } from './identifiers.ts';
import { createJournal, type ManifestHolder } from './journal.ts';
import { journalRoot } from './journal-format.ts';
import { CASE_FILES, casePaths, DIRECTORY_MODE, FILE_MODE, type CasePaths } from './layout.ts';
import { openLedger } from './ledger.ts';
import { acquireLock } from './lock.ts';
import type { Manifest, Sealing } from './manifest.ts';
import { createTables } from './migrate.ts';
import { SCHEMA_VERSION } from './schema.ts';
import { KEY_BYTES } from './sealing.ts';
import { keylessVault } from './keyless-vault.ts';
import { createVault, type VaultPlace } from './vault.ts';
import type { Vault } from './vault-type.ts';

export type CreateOptions = CaseOptions & {
  /** Default: `passphrase` when one is given, else `keyring`. With `none` nobody can ever re-identify. */
  readonly sealing?: Sealing;
};

/**
 * Makes a case in a new or empty directory and opens it. A creation that was killed leaves no case, and the next one
 * clears its remains. Errors: `input` when the directory holds anything else, `case-locked`, `usage`, `disk-full`.
 */
export const createCase = (directory: string, options: CreateOptions = {}): Promise<Case> =>
  buildCase(directory, options, (paths) => rmSync(paths.tmp, { recursive: true, force: true }));

/** As `createCase`, with its own last step of closing. */
export const buildCase = async (
  directory: string,
  options: CreateOptions,
  afterClose: (paths: CasePaths) => void,
): Promise<Case> => {
  const root = resolve(directory);
  const paths = casePaths(root);
  const sealing = chooseSealing(options);
  const wasThere = existsSync(root);
  withFileErrors(root, () => makeDirectory(root));
  refuseForeign(root, paths);
  const lock = acquireLock(paths.lock, options.program ?? 'nightjar');
  const opened: { close(): void }[] = [];
  try {
    refuseForeign(root, paths);
    withFileErrors(root, () => {
      chmodSync(root, DIRECTORY_MODE);
      writeFileSync(paths.creating, 'A case is being created here.\n', { mode: FILE_MODE });
      removeRemains(paths);
      for (const part of [paths.tmp, paths.models, paths.exports]) mkdirSync(part, { mode: DIRECTORY_MODE });
    });
    const caseId = newIdentifier();
    const holder: ManifestHolder = { current: firstManifest(caseId, sealing, options) };
    const throwaway = sealing === 'memory';
    const database = await openDatabase(paths.database, { ...databaseOptions(paths, options), throwaway });
    opened.unshift(database);
    await createTables(database.connection, caseId);
    withFileErrors(paths.database, () => chmodSync(paths.database, FILE_MODE));
    const journal = createJournal(root, holder);
    opened.unshift(journal);
    const ledger = openLedger({ directory: root, holder, journal, memory: memoryOf(options, holder.current) });
    opened.unshift(ledger);
    const vault = await makeVault({ path: paths.vault, caseId, journal }, sealing, options);
    opened.unshift(vault);
    // The first entry writes the manifest too: from here on the directory is a case.
    journal.append('case.created', { schema_version: SCHEMA_VERSION, sealing });
    withFileErrors(root, () => rmSync(paths.creating));
    const directoryOf = { directory: root, paths, options, afterClose: () => afterClose(paths) };
    return assembleCase({ ...directoryOf, holder, lock, journal, ledger, vault, database });
  } catch (error) {
    for (const part of opened) part.close();
    if (existsSync(paths.creating)) clear(paths);
    lock.release();
    if (!wasThere && readdirSync(root).length === 0) rmSync(root, { recursive: true });
    throw error;
  }
};

const chooseSealing = (options: CreateOptions): Sealing => {
  const sealing = options.sealing ?? (options.passphrase === undefined ? 'keyring' : 'passphrase');
  if ((sealing === 'passphrase') === (options.passphrase !== undefined)) return sealing;
  const next = 'Give a passphrase to seal under one, or leave it out.';
  throw new NightjarError('usage', 'The sealing method and the passphrase do not fit together.', { next });
};

const firstManifest = (caseId: string, sealing: Sealing, options: CreateOptions): Manifest => ({
  format: 'nightjar-case',
  schemaVersion: SCHEMA_VERSION,
  appVersion: options.appVersion ?? 'unknown',
  caseId,
  created: timeNow(),
  sealing,
  journal: { entries: 0, hash: journalRoot(caseId) },
});

const makeVault = async (place: VaultPlace, sealing: Sealing, options: CreateOptions): Promise<Vault> =>
  sealing === 'none' || sealing === 'memory'
    ? keylessVault(sealing, systemRandom.bytes(KEY_BYTES), place.journal)
    : createVault(place, vaultOpener(options), sealing === 'keychain' ? 'keychain' : 'keyring');

/** Whether a directory holds nothing but locks and the remains of a creation that did not end. */
export const isVacant = (root: string, paths: CasePaths): boolean => {
  if (!existsSync(root)) return true;
  if (existsSync(paths.manifest)) return false;
  const names = withFileErrors(root, () => readdirSync(root));
  return existsSync(paths.creating) || names.every((name) => name.startsWith(CASE_FILES.lock));
};

const refuseForeign = (root: string, paths: CasePaths): void => {
  if (isVacant(root, paths)) return;
  if (existsSync(paths.manifest)) {
    const next = 'Open it, or choose another directory.';
    throw new NightjarError('input', 'There is a case in this directory already.', { where: root, next });
  }
  const next = 'Choose a new or an empty directory.';
  throw new NightjarError('input', 'The directory is not empty.', { where: root, next });
};

const removeRemains = (paths: CasePaths): void => {
  const kept = new Set([paths.lock, paths.creating]);
  for (const path of Object.values(paths)) if (!kept.has(path)) rmSync(path, { recursive: true, force: true });
  for (const path of [`${paths.database}.wal`, `${paths.manifest}.new`, `${paths.vault}.new`]) {
    rmSync(path, { force: true });
  }
};

const clear = (paths: CasePaths): void => {
  removeRemains(paths);
  rmSync(paths.creating, { force: true });
};
