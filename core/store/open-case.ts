import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

import { NightjarError } from '../api/errors.ts';
import { assembleCase, databaseOptions, memoryOf, vaultOpener, type Case } from './case.ts';
import { createCase, isVacant, type CreateOptions } from './create-case.ts';
import { openDatabase } from './database.ts';
import { makeDirectory, withFileErrors } from './files.ts';
import { recoverImports, requireImports } from './imports.ts';
import { openJournal, type ManifestHolder } from './journal.ts';
import { casePaths } from './layout.ts';
import { openLedger } from './ledger.ts';
import { acquireLock } from './lock.ts';
import { readManifest, writeManifest } from './manifest.ts';
import { migrateTables } from './migrate.ts';
import { SCHEMA_VERSION } from './schema.ts';
import { removeTornRows } from './torn-commit.ts';
import { openVault } from './vault.ts';

export type OpenOptions = CreateOptions & {
  /** Makes the case when the directory is missing, empty, or left by a creation that was killed. */
  readonly create?: 'if-missing';
};

/**
 * Opens a case and puts right what a crash left: half a journal line, spilled files, interrupted imports.
 * Errors: `input` (no case), `case-newer` (nothing is touched), `case-locked` (naming the holder), `case-damaged`,
 * `vault` (wrong passphrase), `disk-full`.
 */
export const openCase = async (directory: string, options: OpenOptions = {}): Promise<Case> => {
  const root = resolve(directory);
  const paths = casePaths(root);
  if (options.create === 'if-missing' && isVacant(root, paths)) return createCase(root, options);
  readManifest(root);
  const lock = acquireLock(paths.lock, options.program ?? 'nightjar');
  const opened: { close(): void }[] = [];
  try {
    const holder: ManifestHolder = { current: readManifest(root) };
    const caseId = holder.current.caseId;
    if (!existsSync(paths.database)) throw noDatabase(paths.database);
    withFileErrors(root, () => {
      rmSync(paths.creating, { force: true });
      rmSync(paths.tmp, { recursive: true, force: true });
      for (const part of [paths.tmp, paths.models, paths.exports]) makeDirectory(part);
    });
    const journal = openJournal(root, holder);
    opened.unshift(journal);
    const ledger = openLedger({ directory: root, holder, journal, memory: memoryOf(options, holder.current) });
    opened.unshift(ledger);
    const crashed = existsSync(`${paths.database}.wal`); // closing a database ends its log
    const database = await openDatabase(paths.database, databaseOptions(paths, options));
    opened.unshift(database);
    await migrateTables(database.connection, caseId);
    await requireImports(database.connection, journal, paths.database);
    if (crashed) await removeTornRows(database.connection, paths.database);
    if (holder.current.schemaVersion < SCHEMA_VERSION) {
      holder.current = { ...holder.current, schemaVersion: SCHEMA_VERSION };
      writeManifest(root, holder.current);
    }
    const place = { path: paths.vault, caseId, journal };
    const access = options.keepVaultShut === true ? { shut: true as const } : vaultOpener(options);
    const vault = await openVault(place, holder.current.sealing, access, options.keyringPath);
    opened.unshift(vault);
    if (vault.sealing !== holder.current.sealing) {
      holder.current = { ...holder.current, sealing: vault.sealing }; // the end of a destruction that a crash cut off
      writeManifest(root, holder.current);
    }
    await recoverImports({ connection: database.connection, journal, vault });
    const afterClose = (): void => rmSync(paths.tmp, { recursive: true, force: true });
    const directoryOf = { directory: root, paths, options, afterClose };
    return assembleCase({ ...directoryOf, holder, lock, journal, ledger, vault, database });
  } catch (error) {
    for (const part of opened) part.close();
    lock.release();
    throw error;
  }
};

const noDatabase = (where: string): NightjarError =>
  new NightjarError('case-damaged', 'The database of the case is missing.', {
    where,
    next: 'Put the whole case directory back from one backup.',
  });
