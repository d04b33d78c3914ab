import { findImported, inspectFile, listInputs, type Inspection, type InputFile } from '../../ingest/index.ts';
import { systemRandom } from '../../random/index.ts';
import type { ImportOptions, InspectedFile } from '../contract/import.ts';
import type { EngineContext } from '../engine/context.ts';
import type { OpenCase } from '../engine/open-case.ts';
import { crossingOf } from '../engine/errors-across.ts';
import { pageWords } from '../engine/page-words.ts';
import { NightjarError, throwIfCancelled } from '../errors.ts';
import { planOptions } from './options.ts';

/** Files of a folder that are looked at; the others are imported all the same. */
const MOST_FILES = 200;
/** Records that are named as rejected. */
const MOST_REJECTED = 200;

/**
 * How granted files and folders would be read. Raw values never leave: see docs/decisions/0008-preview-shows-shapes.md.
 * What stands in the way of one file is told with that file.
 */
export const inspectGranted = async (
  { session, grants }: EngineContext,
  input: { readonly grants: readonly string[]; readonly options: ImportOptions },
  signal?: AbortSignal,
): Promise<{ files: InspectedFile[] }> => {
  const opened = session.current();
  const key = keyOf(opened);
  const files: InspectedFile[] = [];
  for (const grant of input.grants) {
    const path = grants.pathOf(grant, 'file', 'folder');
    for (const file of listInputs([path]).slice(0, MOST_FILES)) {
      throwIfCancelled(signal);
      files.push(await inspectOne(file, grant, input.options, key, opened));
    }
  }
  return { files };
};

const inspectOne = async (
  file: InputFile,
  grant: string,
  options: ImportOptions,
  key: Uint8Array,
  opened: OpenCase | undefined,
): Promise<InspectedFile> => {
  const plan = checked(() => planOptions(options));
  const found =
    plan instanceof NightjarError
      ? { ...(await inspectFile(file, {}, key)), problem: plan }
      : await inspectFile(file, plan, key);
  const isImported =
    opened !== undefined && (await opened.readers.read((connection) => findImported(connection, file))) !== undefined;
  return {
    grant,
    name: file.name,
    bytes: file.bytes,
    format: formatOf(found),
    fields: found.fields.map((field) => ({
      ...field,
      choices: [...field.choices].map(plainPolicy),
      policy: plainPolicy(field.policy),
    })),
    preview: found.preview.map((row) => [...row]),
    estimatedRows: found.trial?.estimatedRows ?? null,
    sampled: found.trial?.sampled ?? found.preview.length,
    rejectedCount: found.trial?.rejected.length ?? 0,
    rejected: (found.trial?.rejected ?? []).slice(0, MOST_REJECTED).map((rejection) => ({ ...rejection })),
    warnings: found.warnings.map(pageWords),
    isImported,
    problem: problemOf(found.problem ?? nothingReadable(found)),
  };
};

/** The key of the open case; where there is none, or it was never kept, one for this look alone: tokens are examples then. */
const keyOf = (opened: OpenCase | undefined): Uint8Array => {
  if (opened === undefined) return systemRandom.bytes(32);
  const key = checked(() => opened.case.vault.pseudonymKey());
  return key instanceof NightjarError ? systemRandom.bytes(32) : key;
};

const checked = <T>(work: () => T): T | NightjarError => {
  try {
    return work();
  } catch (error) {
    if (error instanceof NightjarError) return error;
    throw error;
  }
};

/** None of the records at the head of the file could be stored: the format or the mapping is not right yet. */
const nothingReadable = ({ trial }: Inspection): NightjarError | null => {
  if (!trial || trial.sampled === 0 || trial.rejected.length < trial.sampled) return null;
  const counts = new Map<string, number>();
  for (const { reason } of trial.rejected) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const [reason = ''] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return new NightjarError('input', `None of the first ${trial.sampled} records can be read: ${reason}.`, {
    next: 'Check the format, the mapping and the times.',
  });
};

type Policy = InspectedFile['fields'][number]['policy'];

/** The engine's lists are read-only, the boundary's are not. */
const plainPolicy = (policy: Inspection['fields'][number]['policy']): Policy => {
  if (policy.kind !== 'generalise') return policy;
  const { how } = policy;
  return { kind: 'generalise', how: how.to === 'categories' ? { to: how.to, values: [...how.values] } : how };
};

const formatOf = ({ format, preset }: Inspection): InspectedFile['format'] =>
  format === null
    ? null
    : {
        kind: format.kind,
        compression: format.compression,
        encoding: format.encoding,
        delimiter: format.csv?.delimiter ?? null,
        hasHeader: format.csv?.header ?? null,
        preset,
        confidence: format.confidence,
      };

const problemOf = (error: NightjarError | null): InspectedFile['problem'] => {
  if (error === null) return null;
  const { code, message, data } = crossingOf(error);
  return { code, message, ...data };
};
