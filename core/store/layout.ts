import { join } from 'node:path';

/** Names inside a case directory. */
export const CASE_FILES = {
  manifest: 'case.json',
  database: 'data.duckdb',
  journal: 'journal.ndjson',
  vault: 'vault.sealed',
  /** Made with its first entry. */
  ledger: 'ledger.ndjson',
  /** Answers to release queries, as signed; made with the first. */
  releases: 'releases',
  models: 'models',
  exports: 'exports',
  tmp: 'tmp',
  lock: 'lock',
  /** Present only while a case is being created. */
  creating: 'creating',
} as const;

/** A case is for its owner alone. */
export const DIRECTORY_MODE = 0o700;
export const FILE_MODE = 0o600;

export type CasePaths = Readonly<Record<keyof typeof CASE_FILES, string>>;

/** Absolute paths of everything in a case directory. */
export const casePaths = (directory: string): CasePaths => ({
  manifest: join(directory, CASE_FILES.manifest),
  database: join(directory, CASE_FILES.database),
  journal: join(directory, CASE_FILES.journal),
  vault: join(directory, CASE_FILES.vault),
  ledger: join(directory, CASE_FILES.ledger),
  releases: join(directory, CASE_FILES.releases),
  models: join(directory, CASE_FILES.models),
  exports: join(directory, CASE_FILES.exports),
  tmp: join(directory, CASE_FILES.tmp),
  lock: join(directory, CASE_FILES.lock),
  creating: join(directory, CASE_FILES.creating),
});
