import type { DuckDBConnection } from '@duckdb/node-api';

import { NightjarError } from '../api/errors.ts';
import { appendColumns } from './append-columns.ts';
import { newIdentifier } from './identifiers.ts';
import type { Journal } from './journal.ts';
import type { Json, JsonObject } from './json.ts';
import { numberColumn, readColumns, textColumn } from './read-columns.ts';
import type { Vault } from './vault-type.ts';

/** One imported file; a batch of several files has one record each. */
export type ImportRecord = {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rowsRead: number;
  readonly stored: number;
  readonly quarantined: number;
  readonly format: string;
  readonly mapping: Json;
  readonly policy: Json;
  readonly warnings: Json;
};

/** What an import needs of an open case. */
export type ImportSite = {
  readonly connection: DuckDBConnection;
  readonly journal: Journal;
  readonly vault: Vault;
};

/**
 * Starts an import and returns its batch id. Then, in one transaction: store the events, `vault.append`,
 * `vault.flush`, `insertImports` with the length that `flush` returned, COMMIT. Then `finishImport`, or `failImport`.
 * A crash anywhere leaves the batch wholly there or wholly absent once the case has been opened again.
 */
export const beginImport = (site: ImportSite, detail: JsonObject): string => {
  const batchId = newIdentifier();
  site.journal.append('import.begin', { ...detail, batch_id: batchId });
  return batchId;
};

/** Files imported so far. */
export const countImports = async (connection: DuckDBConnection): Promise<number> =>
  numberColumn(await readColumns(connection, 'SELECT count(*) AS n FROM imports'), 'n')[0] ?? 0;

/** Writes the `imports` rows of a batch; they are what says that the batch is there. */
export const insertImports = async (
  connection: DuckDBConnection,
  batchId: string,
  records: readonly ImportRecord[],
  vaultBytes: number,
): Promise<void> => {
  const first = (await countImports(connection)) + 1;
  await appendColumns(connection, 'imports', records.length, {
    import_id: records.map(newIdentifier),
    batch_id: batchId,
    ordinal: records.map((_, i) => first + i),
    name: records.map((record) => record.name),
    sha256: records.map((record) => record.sha256),
    bytes: records.map((record) => record.bytes),
    rows_read: records.map((record) => record.rowsRead),
    stored: records.map((record) => record.stored),
    quarantined: records.map((record) => record.quarantined),
    format: records.map((record) => record.format),
    mapping: records.map((record) => JSON.stringify(record.mapping)),
    policy: records.map((record) => JSON.stringify(record.policy)),
    warnings: records.map((record) => JSON.stringify(record.warnings)),
    vault_bytes: vaultBytes,
    imported_at: Date.now() * 1000,
  });
};

/** Journals that a batch was committed. */
export const finishImport = (site: ImportSite, batchId: string, detail: JsonObject): void =>
  void site.journal.append('import.done', { ...detail, batch_id: batchId });

/** Drops what a batch that was rolled back left in the vault, and journals it. `detail` names the error's code. */
export const failImport = async (site: ImportSite, batchId: string, detail: JsonObject): Promise<void> => {
  site.vault.truncate(await committedVaultBytes(site.connection));
  site.journal.append('import.failed', { ...detail, batch_id: batchId });
};

/**
 * At opening, before anything is put right: every batch that the journal says is there must be. A database of an earlier time
 * put back alone lacks some, and would be ranked, and its vault cut, as if they had never been. Errors: `case-damaged`.
 */
export const requireImports = async (
  connection: DuckDBConnection,
  journal: Pick<Journal, 'entries'>,
  where: string,
): Promise<void> => {
  const done = new Set<string>();
  for (const { event, detail } of journal.entries()) {
    const isThere = event === 'import.done' || (event === 'import.recovered' && detail['result'] === 'present');
    if (isThere && typeof detail['batch_id'] === 'string') done.add(detail['batch_id']);
  }
  const found = await readColumns(connection, 'SELECT DISTINCT batch_id FROM imports');
  for (const batchId of textColumn(found, 'batch_id')) done.delete(batchId ?? '');
  if (done.size === 0) return;
  throw new NightjarError('case-damaged', 'The database lacks imports that the journal says are done.', {
    where,
    next: 'It is of an earlier time. Put the whole case back from one backup, or import into a new case.',
  });
};

/** At opening: journals what became of imports that a crash interrupted, and cuts what they left in the vault. */
export const recoverImports = async (site: ImportSite): Promise<void> => {
  site.vault.truncate(await committedVaultBytes(site.connection));
  for (const batchId of openBatches(site.journal)) {
    const sql = 'SELECT count(*) AS n FROM imports WHERE batch_id = $1';
    const found = numberColumn(await readColumns(site.connection, sql, [batchId]), 'n')[0] ?? 0;
    const result = found > 0 ? 'present' : 'absent';
    site.journal.append('import.recovered', { batch_id: batchId, result });
  }
};

const committedVaultBytes = async (connection: DuckDBConnection): Promise<number> => {
  const sql = 'SELECT coalesce(max(vault_bytes), 0) AS bytes FROM imports';
  return numberColumn(await readColumns(connection, sql), 'bytes')[0] ?? 0;
};

const openBatches = (journal: Journal): ReadonlySet<string> => {
  const open = new Set<string>();
  for (const { event, detail } of journal.entries()) {
    const batchId = detail['batch_id'];
    if (typeof batchId !== 'string') continue;
    if (event === 'import.begin') open.add(batchId);
    else if (event.startsWith('import.')) open.delete(batchId);
  }
  return open;
};
