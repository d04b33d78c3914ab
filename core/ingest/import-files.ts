import { NightjarError } from '../api/errors.ts';
import type { Watch } from '../api/progress.ts';
import {
  beginImport,
  ensureEventColumns,
  failImport,
  finishImport,
  insertImports,
  inTransaction,
  countImports,
  type Case,
  type ImportRecord,
} from '../store/index.ts';
import { findImported } from './already-imported.ts';
import type { ImportedFile } from './imported-file.ts';
import { createBlockSink, type BlockSink, type SinkColumn } from './block-sink.ts';
import { listInputs, safeName, type InputFile } from './list-inputs.ts';
import { createFileStore, type FileCounts } from './file-store.ts';
import { roundedWarning } from './encode/index.ts';
import type { ColumnPlan } from './plan.ts';
import { planFile, type FilePlan, type PlanOptions } from './plan-file.ts';
import { quarantineWarning } from './quarantine-warning.ts';
import { readFile } from './read-file.ts';

export type ImportOptions = PlanOptions & { readonly threads: number };

/**
 * Imports files into a case: reads, rewrites and stores in one pass and one transaction, so that either all of it is
 * there afterwards or nothing. A file whose content the case holds already is not imported again. Errors: `input` where a file cannot be read or holds no event, `usage` for a mapping or
 * policy that does not fit, `cancelled`, `disk-full`, `memory`, `vault`.
 */
export const importFiles = async (
  into: Case,
  paths: readonly string[],
  options: ImportOptions,
  watch: Watch,
): Promise<readonly ImportedFile[]> => {
  const listed = listInputs(paths);
  const key = into.vault.pseudonymKey();
  const earlier = new Map<InputFile, ImportedFile>();
  for (const file of listed) {
    const known = await findImported(into.connection, file);
    if (known) earlier.set(file, known);
  }
  const files = listed.filter((file) => !earlier.has(file));
  const imported = files.length === 0 ? [] : await importNew(into, files, key, options, watch);
  return listed.flatMap((file) => earlier.get(file) ?? imported[files.indexOf(file)] ?? []);
};

const importNew = async (
  into: Case,
  files: readonly InputFile[],
  key: Uint8Array,
  options: ImportOptions,
  watch: Watch,
): Promise<readonly ImportedFile[]> => {
  const plans: FilePlan[] = [];
  for (const file of files) plans.push(await planFile(file.path, file.name, options));
  const batchId = beginImport(into, { files: files.length });
  try {
    const imported = await inTransaction(into.connection, into.paths.database, async () => {
      const done = await storeFiles(into, batchId, files, plans, key, options, watch);
      const vaultBytes = into.vault.flush();
      await insertImports(
        into.connection,
        batchId,
        done.map((file, i) => recordOf(file, plans[i], i)),
        vaultBytes,
      );
      return done;
    });
    finishImport(into, batchId, { stored: imported.reduce((sum, file) => sum + file.stored, 0) });
    return imported;
  } catch (error) {
    await failImport(into, batchId, { code: error instanceof NightjarError ? error.code : 'internal' });
    throw error;
  }
};

const storeFiles = async (
  into: Case,
  batchId: string,
  files: readonly InputFile[],
  plans: readonly FilePlan[],
  key: Uint8Array,
  options: ImportOptions,
  watch: Watch,
): Promise<ImportedFile[]> => {
  const imported: ImportedFile[] = [];
  const totalBytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const filesBefore = await countImports(into.connection);
  let bytesBefore = 0;
  let shared: { readonly shape: string; readonly sink: BlockSink } | undefined;
  for (const [i, file] of files.entries()) {
    const plan = plans[i];
    if (!plan) continue;
    const columns = sinkColumns(plan.plan.columns);
    const shape = JSON.stringify([columns, file.dataset]);
    if (shared?.shape !== shape) {
      await shared?.sink.flush();
      await ensureEventColumns(
        into.connection,
        columns.map((column) => column.name),
      );
      shared = { shape, sink: createBlockSink(into.connection, columns, file.dataset) };
    }
    const store = createFileStore(into, shared.sink, {
      batchId,
      dataset: safeName(file.name, i),
      ordinal: filesBefore + i,
    });
    const read = await readFile(file, plan, { key, threads: options.threads, signal: watch.signal }, store, (bytes) =>
      watch.onProgress?.({ stage: 'import', done: bytesBefore + bytes, total: totalBytes, unit: 'bytes' }),
    );
    bytesBefore += file.bytes;
    imported.push(summarise(file, plan, read, store.counts()));
  }
  await shared?.sink.flush();
  refuseNothing(imported);
  return imported;
};

const TYPES = { time: 'TIMESTAMP', number: 'DOUBLE', term: 'VARCHAR', bucket: 'BIGINT' } as const;
const TEXT_COLUMNS: readonly SinkColumn[] = [
  ...['text_length', 'text_links', 'text_digits', 'text_upper', 'text_entropy'].map((name) => ({
    name,
    type: 'DOUBLE' as const,
  })),
  { name: 'text_signature', type: 'BIGINT' },
  { name: 'text_digest', type: 'BIGINT' },
];

const sinkColumns = (columns: readonly ColumnPlan[]): SinkColumn[] =>
  columns.flatMap(({ column, encode }) =>
    encode.kind === 'text' ? TEXT_COLUMNS : [{ name: column, type: TYPES[encode.kind] }],
  );

const summarise = (file: InputFile, plan: FilePlan, read: { sha256: string }, counts: FileCounts): ImportedFile => ({
  name: file.name,
  sha256: read.sha256,
  bytes: file.bytes,
  rows: counts.rows,
  stored: counts.stored,
  quarantined: counts.rows - counts.stored,
  reasons: counts.reasons,
  mapping: plan.mapping,
  confidence: plan.confidence,
  format: plan.plan.format.kind === 'preset' ? plan.plan.format.preset : plan.format.kind,
  warnings: [
    ...plan.warnings,
    ...quarantineWarning(counts),
    ...Object.entries(counts.nulled).map(
      ([column, count]) => `${count} values of ${column} are no numbers and count as missing.`,
    ),
    ...Object.entries(counts.rounded).map(([column, count]) => roundedWarning(column, count)),
  ],
});

const recordOf = (file: ImportedFile, plan: FilePlan | undefined, index: number): ImportRecord => ({
  name: safeName(file.name, index),
  sha256: file.sha256,
  bytes: file.bytes,
  rowsRead: file.rows,
  stored: file.stored,
  quarantined: file.quarantined,
  format: file.format,
  mapping: { ...file.mapping },
  policy: Object.fromEntries(
    (plan?.plan.columns ?? []).map((column) => [column.column, JSON.stringify(column.encode)]),
  ),
  warnings: [...file.warnings],
});

const refuseNothing = (imported: readonly ImportedFile[]): void => {
  if (imported.some((file) => file.stored > 0)) return;
  const reasons = Object.entries(imported[0]?.reasons ?? {}).sort((a, b) => b[1] - a[1]);
  const [reason, count] = reasons[0] ?? ['no records', 0];
  throw new NightjarError(
    'input',
    `No event could be read; nothing was stored. Most common: ${reason} (${count} of ${imported[0]?.rows ?? 0} records).`,
    {
      where: imported
        .map((file) => file.name)
        .join(', ')
        .slice(0, 200),
      next: 'Check the format and the mapping (--preset, --map).',
    },
  );
};
