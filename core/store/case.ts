import { existsSync } from 'node:fs';

import type { DuckDBConnection } from '@duckdb/node-api';

import { NightjarError } from '../api/errors.ts';
import { openDatabase, type Database, type DatabaseOptions } from './database.ts';
import { mapDuckDBError } from './duckdb-error.ts';
import type { Journal, ManifestHolder } from './journal.ts';
import { keyringPath } from './keyring.ts';
import type { CasePaths } from './layout.ts';
import type { Lock } from './lock.ts';
import type { Manifest } from './manifest.ts';
import { isFileOpen } from './process-identity.ts';
import type { Vault } from './vault-type.ts';
import type { VaultOpener } from './vault-header.ts';

/** An open case: the only one that writes to its directory. */
export type Case = {
  readonly directory: string;
  readonly id: string;
  readonly paths: CasePaths;
  readonly manifest: Manifest;
  readonly journal: Journal;
  readonly vault: Vault;
  /** The standing connection. Ask for it each time: `withFiles` replaces it. */
  readonly connection: DuckDBConnection;
  /** A further connection, for work in parallel; closed with the case at the latest. */
  connect(): Promise<DuckDBConnection>;
  /**
   * Runs `work` in a database instance that may read exactly these files (absolute paths) besides the case. The
   * standing connection and all others are closed before and the standing one is opened anew after. Errors: as
   * `work`, and `internal` when a streamed result was not read to its end (the case must then be opened again).
   */
  withFiles<T>(files: readonly string[], work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** Closes everything, removes what was spilled, and releases the lock. */
  close(): Promise<void>;
};

export type CaseOptions = {
  /** Opens a vault that is sealed under a passphrase; at creation, seals it under one. */
  readonly passphrase?: string;
  /** Where the keyring lies, when not in the user's configuration directory. */
  readonly keyringPath?: string;
  readonly threads?: number;
  readonly memoryLimitBytes?: number;
  /** How this process is named to others that find the case locked. Default `nightjar`. */
  readonly program?: string;
  /** Written into the manifest at creation. */
  readonly appVersion?: string;
};

/** What a case is assembled from, in the order in which it is closed. */
export type CaseParts = {
  readonly directory: string;
  readonly paths: CasePaths;
  readonly options: CaseOptions;
  readonly holder: ManifestHolder;
  readonly lock: Lock;
  readonly journal: Journal;
  readonly vault: Vault;
  readonly database: Database;
  /** The last step of closing. */
  readonly afterClose: () => void;
};

export const vaultOpener = (options: CaseOptions): VaultOpener =>
  options.passphrase === undefined
    ? { keyringPath: options.keyringPath ?? keyringPath() }
    : { passphrase: options.passphrase };

export const databaseOptions = (paths: CasePaths, options: CaseOptions): DatabaseOptions => ({
  tmpDirectory: paths.tmp,
  ...(options.threads === undefined ? {} : { threads: options.threads }),
  ...(options.memoryLimitBytes === undefined ? {} : { memoryLimitBytes: options.memoryLimitBytes }),
});

/** Puts the opened parts together. */
export const assembleCase = (parts: CaseParts): Case => {
  const { paths, holder, journal, vault, lock } = parts;
  const settings = databaseOptions(paths, parts.options);
  let database: Database | undefined = parts.database;
  const current = (): Database => {
    if (database === undefined) throw new NightjarError('internal', 'The case is closed or being imported into.');
    return database;
  };
  const closeDatabase = (): void => {
    const closing = database;
    database = undefined;
    closing?.close();
  };
  let closed = false;
  return {
    directory: parts.directory,
    id: holder.current.caseId,
    paths,
    journal,
    vault,
    get manifest() {
      return holder.current;
    },
    get connection() {
      return current().connection;
    },
    connect: async () => current().connect(),
    withFiles: async (files, work) => {
      current();
      closeDatabase();
      refuseStillOpen(paths.database);
      let result;
      try {
        const importing = await openDatabase(paths.database, { ...settings, allowedFiles: files });
        try {
          result = await work(importing.connection);
        } finally {
          importing.close();
        }
      } catch (error) {
        throw mapDuckDBError(error, paths.database);
      } finally {
        if (!closed) database = await openDatabase(paths.database, settings);
      }
      return result;
    },
    close: async () => {
      if (closed) return;
      closed = true;
      closeDatabase();
      vault.close();
      journal.close();
      if (existsSync(parts.directory)) parts.afterClose();
      lock.release();
    },
  };
};

/** Two instances on one file would overwrite each other, and DuckDB does not notice within a process. */
const refuseStillOpen = (path: string): void => {
  if (!isFileOpen(path)) return;
  const next = 'Close the case and open it again.';
  throw new NightjarError('internal', 'A result of the database is still being read.', { where: path, next });
};
