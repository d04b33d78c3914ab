import { existsSync, readFileSync, statSync } from 'node:fs';

import type { JsonValue } from '../../release/keys/index.ts';
import { parseRelease, type ReleaseFile } from '../../release/release-file/index.ts';
import { parseForestFile, type ForestFile } from '../../release/private-forest/index.ts';
import { errnoOf, replaceFile } from '../../store/files.ts';
import { NightjarError } from '../errors.ts';
import { csvPathOf } from './place.ts';
import { releaseCsv } from './release-csv.ts';

/** A file that left by a ledger. */
export type SignedFile = ReleaseFile | ForestFile;

/** Reads a query: one JSON value. What it means is checked when it is asked. Errors: `input`. */
export const readQueryFile = (path: string): JsonValue => {
  const text = readText(path);
  try {
    return JSON.parse(text);
  } catch {
    const next =
      'Write the query as JSON, like {"count": "events", "bounds": {"groupsPerActor": 1, "rowsPerGroup": 20}}.';
    throw new NightjarError('input', 'The query is not JSON.', { where: path, next });
  }
};

/** Reads a release file. Errors: `input`. */
export const readReleaseFile = (path: string): ReleaseFile => readWith(parseRelease, path);

/** Reads the file of a private forest. Errors: `input`. */
export const readForestFile = (path: string): ForestFile => readWith(parseForestFile, path);

/** Reads whatever left by a ledger: a release file, or the file of a private forest. Errors: `input`. */
export const readSignedFile = (path: string): SignedFile => readWith(parseSignedFile, path);

/** As `readSignedFile`, of a text. */
export const parseSignedFile = (text: string): SignedFile => (isForest(text) ? parseForestFile : parseRelease)(text);

/** Whether a file says that it holds a private forest, whatever else is wrong with it; false where it cannot be read. */
export const isForestFile = (path: string): boolean =>
  existsSync(path) && statSync(path).isFile() && isForest(readFileSync(path, 'utf8'));

const isForest = (text: string): boolean => text.includes('"format":"nightjar-forest"');

/** Writes a release file as it was signed, and the table beside it. Errors: `disk-full`, `input`. */
export const writeReleaseFiles = (path: string, file: Buffer): { readonly json: string; readonly csv: string } => {
  const csv = csvPathOf(path);
  replaceFile(path, file);
  replaceFile(csv, Buffer.from(releaseCsv(parseRelease(file.toString('utf8')))));
  return { json: path, csv };
};

/** Writes the file of a forest as it was signed. Errors: `disk-full`, `input`. */
export const writeForestFile = (path: string, file: Buffer): void => replaceFile(path, file);

const readWith = <File>(parse: (text: string) => File, path: string): File => {
  const text = readText(path);
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof NightjarError)) throw error;
    const where = error.where === undefined ? path : `${path}: ${error.where}`;
    throw new NightjarError(error.code, error.message, {
      where,
      ...(error.next === undefined ? {} : { next: error.next }),
    });
  }
};

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const message = errnoOf(error) === 'ENOENT' ? 'There is no such file.' : 'The file cannot be read.';
    throw new NightjarError('input', message, { where: path, next: 'Check its path and permissions.' }, error);
  }
};
