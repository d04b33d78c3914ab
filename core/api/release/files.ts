import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

import type { JsonValue } from '../../release/keys/index.ts';
import { parseRelease, type ReleaseFile } from '../../release/release-file/index.ts';
import { errnoOf, replaceFile } from '../../store/files.ts';
import { NightjarError } from '../errors.ts';
import { releaseCsv } from './release-csv.ts';

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
export const readReleaseFile = (path: string): ReleaseFile => {
  const text = readText(path);
  try {
    return parseRelease(text);
  } catch (error) {
    if (!(error instanceof NightjarError)) throw error;
    const where = error.where === undefined ? path : `${path}: ${error.where}`;
    throw new NightjarError(error.code, error.message, {
      where,
      ...(error.next === undefined ? {} : { next: error.next }),
    });
  }
};

/** The name of the table beside a release file. */
export const csvPathOf = (path: string): string => `${path.replace(/\.json$/iu, '')}.csv`;

/** Throws `input` where a release could not be written later: before anything is spent on it. */
export const requirePlaceFor = (path: string): void => {
  for (const each of [path, csvPathOf(path)]) {
    const isDirectory = statSync(each, { throwIfNoEntry: false })?.isDirectory() === true;
    if (isDirectory) throw noPlace(each, 'This is a directory.');
  }
  const folder = statSync(dirname(path), { throwIfNoEntry: false });
  if (folder?.isDirectory() !== true) throw noPlace(path, 'There is no such directory.');
};

/** Writes a release file as it was signed, and the table beside it. Errors: `disk-full`, `input`. */
export const writeReleaseFiles = (path: string, file: Buffer): { readonly json: string; readonly csv: string } => {
  const csv = csvPathOf(path);
  replaceFile(path, file);
  replaceFile(csv, Buffer.from(releaseCsv(parseRelease(file.toString('utf8')))));
  return { json: path, csv };
};

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const message = errnoOf(error) === 'ENOENT' ? 'There is no such file.' : 'The file cannot be read.';
    throw new NightjarError('input', message, { where: path, next: 'Check its path and permissions.' }, error);
  }
};

const noPlace = (where: string, message: string): NightjarError =>
  new NightjarError('input', message, { where, next: 'Name a file in a directory that is there.' });
