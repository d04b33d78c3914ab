import { existsSync } from 'node:fs';

import type { DuckDBConnection } from '@duckdb/node-api';

import { NightjarError } from '../api/errors.ts';
import type { Database, DatabaseOptions } from './database.ts';
import type { Journal, ManifestHolder } from './journal.ts';
import { keyringPath } from './keyring.ts';
import type { CasePaths } from './layout.ts';
import type { Ledger } from './ledger.ts';
import { ledgerMemory, noLedgerMemory, type LedgerMemory } from './ledger-memory.ts';
import type { Lock } from './lock.ts';
import type { Manifest } from './manifest.ts';
import type { Vault } from './vault-type.ts';
import type { VaultOpener } from './vault-header.ts';

/** An open case: the only one that writes to its directory. */
export type Case = {
  readonly directory: string;
  readonly id: string;
  readonly paths: CasePaths;
  readonly manifest: Manifest;
  readonly journal: Journal;
  /** What was released from this case and what it cost. */
  readonly ledger: Ledger;
  readonly vault: Vault;
  /** The standing connection. */
  readonly connection: DuckDBConnection;
  /** A further connection, for work in parallel; closed with the case at the latest. */
  connect(): Promise<DuckDBConnection>;
  /** Closes everything, removes what was spilled, and releases the lock. */
  close(): Promise<void>;
  /**
   * As `close`, at once and without waiting for the database: for a process that ends right after. What the database
   * was doing is put right by the next opening.
   */
  leave(): void;
};

export type CaseOptions = {
  /** Opens a vault that is sealed under a passphrase; at creation, seals it under one. */
  readonly passphrase?: string;
  /** Where the keyring lies, when not in the user's configuration directory. */
  readonly keyringPath?: string;
  /** 32 bytes that the system's keychain keeps for this user and app; opens, and at creation seals, a vault under it. */
  readonly keychainSecret?: Uint8Array;
  /** Opens the case without its keys, whatever could open the vault. */
  readonly keepVaultShut?: boolean;
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
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly database: Database;
  /** The last step of closing. */
  readonly afterClose: () => void;
};

export const vaultOpener = (options: CaseOptions): VaultOpener =>
  options.passphrase === undefined
    ? { keyringPath: options.keyringPath ?? keyringPath(), keychainSecret: options.keychainSecret }
    : { passphrase: options.passphrase };

/** What this user's configuration directory remembers of the case's ledger; nothing of a case that ends with its process. */
export const memoryOf = (options: CaseOptions, { caseId, sealing }: Manifest): LedgerMemory =>
  sealing === 'memory' ? noLedgerMemory : ledgerMemory(options.keyringPath ?? keyringPath(), caseId);

export const databaseOptions = (paths: CasePaths, options: CaseOptions): DatabaseOptions => ({
  tmpDirectory: paths.tmp,
  ...(options.threads === undefined ? {} : { threads: options.threads }),
  ...(options.memoryLimitBytes === undefined ? {} : { memoryLimitBytes: options.memoryLimitBytes }),
});

/** Puts the opened parts together. */
export const assembleCase = (parts: CaseParts): Case => {
  const { paths, holder, journal, ledger, vault, lock } = parts;
  let database: Database | undefined = parts.database;
  const current = (): Database => {
    if (database === undefined) throw new NightjarError('internal', 'The case is closed.');
    return database;
  };
  const closeDatabase = (): void => {
    const closing = database;
    database = undefined;
    closing?.close();
  };
  let closed = false;
  const leave = (): void => {
    if (closed) return;
    closed = true;
    vault.close();
    ledger.close();
    journal.close();
    if (existsSync(parts.directory)) parts.afterClose();
    lock.release();
  };
  return {
    directory: parts.directory,
    id: holder.current.caseId,
    paths,
    journal,
    ledger,
    vault,
    get manifest() {
      return holder.current;
    },
    get connection() {
      return current().connection;
    },
    connect: async () => current().connect(),
    close: async () => {
      if (closed) return;
      closeDatabase();
      leave();
    },
    leave,
  };
};
