import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { NightjarError } from '../api/errors.ts';
import { errnoOf, mapFileError, replaceFile } from './files.ts';
import { casePaths } from './layout.ts';
import { SCHEMA_VERSION } from './schema.ts';
import { parsedJson } from '../text/index.ts';

const SEALINGS = ['passphrase', 'keyring', 'keychain', 'none', 'memory'] as const;
/** How a case keeps its keys; `memory` is the temporary case's. */
export type Sealing = (typeof SEALINGS)[number];

const hex = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`));

const manifestShape = z.strictObject({
  format: z.literal('nightjar-case'),
  schemaVersion: z.int().min(1),
  appVersion: z.string(),
  caseId: hex(32),
  created: z.iso.datetime(),
  sealing: z.enum(SEALINGS),
  /** Count and last hash of the journal when it was last written: a cut-off tail is found by it. */
  journal: z.strictObject({ entries: z.int().min(0), hash: hex(64) }),
  /** The same of the ledger, once it has an entry. */
  ledger: z.strictObject({ entries: z.int().min(1), hash: hex(64) }).optional(),
});
const versionShape = z.looseObject({ format: z.literal('nightjar-case'), schemaVersion: z.int().min(1) });

/** What `case.json` says of the case. */
export type Manifest = Readonly<z.infer<typeof manifestShape>>;

/**
 * Reads and checks `case.json`. Errors: `input` when the directory is no case, `case-newer` for a newer schema
 * (nothing else is looked at then), `case-damaged` when the file does not hold together.
 */
export const readManifest = (directory: string): Manifest => {
  const { manifest: path } = casePaths(directory);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT' && errnoOf(error) !== 'ENOTDIR') throw mapFileError(error, path);
    const next = 'Name the directory of a case, or make a new case there.';
    throw new NightjarError('input', 'This is not a case: it has no case.json.', { where: directory, next });
  }
  const value = parsedJson(text);
  const version = versionShape.safeParse(value);
  if (version.success) refuseNewer(version.data.schemaVersion, directory);
  const manifest = manifestShape.safeParse(value);
  if (manifest.success) return manifest.data;
  throw damaged(path);
};

/** Throws `case-newer` when a schema version is above the one this version knows. */
export const refuseNewer = (schemaVersion: number, where: string): void => {
  if (schemaVersion <= SCHEMA_VERSION) return;
  const message = `The case has schema version ${schemaVersion}; this version knows ${SCHEMA_VERSION}.`;
  throw new NightjarError('case-newer', message, { where, next: 'Open it with a newer Nightjar.' });
};

/** Replaces `case.json` atomically and durably. */
export const writeManifest = (directory: string, manifest: Manifest): void =>
  replaceFile(casePaths(directory).manifest, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));

const damaged = (where: string): NightjarError =>
  new NightjarError('case-damaged', 'The manifest of the case cannot be read.', {
    where,
    next: 'Put case.json back from a backup of the case, then open it again.',
  });
