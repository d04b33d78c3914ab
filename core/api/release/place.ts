import { statSync } from 'node:fs';
import { dirname } from 'node:path';

import { headOf } from '../../store/files.ts';
import { NightjarError } from '../errors.ts';

/** The name of the table beside a release file. */
export const csvPathOf = (path: string): string => `${path.replace(/\.json$/iu, '')}.csv`;

/**
 * Throws `input` where a release and its table could not be written later: before anything is spent on it. The table goes
 * over another one only where a release stands beside it: nobody named it, and it may be the log.
 */
export const requirePlaceFor = (path: string): void => {
  requirePlace(path);
  const table = csvPathOf(path);
  requireDirectories(table);
  if (holdsSomething(table) && !holdsSomething(path)) throw taken(table);
};

/**
 * Throws `input` where a signed file could not be written later, or would take the place of anything but a signed file:
 * of the key, the query, a log, a part of the case.
 */
export const requirePlace = (path: string): void => {
  requireDirectories(path);
  if (holdsSomething(path) && !isSigned(path)) throw taken(path);
};

const requireDirectories = (path: string): void => {
  const next = 'Name a file in a directory that is there.';
  if (isDirectory(path)) throw new NightjarError('input', 'This is a directory.', { where: path, next });
  if (isDirectory(dirname(path))) return;
  throw new NightjarError('input', 'There is no such directory.', { where: path, next });
};

/** Whether a file there has contents, or is none: a device, a pipe. */
const holdsSomething = (path: string): boolean => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !(found.isFile() && found.size === 0);
};

/** Whether a file begins as one that was signed here. */
const isSigned = (path: string): boolean => {
  if (!statSync(path).isFile()) return false;
  const head = headOf(path, BEGINNINGS[0].length);
  return BEGINNINGS.some((beginning) => head.startsWith(beginning));
};

const BEGINNINGS = ['{"format":"nightjar-release"', '{"format":"nightjar-forest"'] as const;

const taken = (where: string): NightjarError =>
  new NightjarError('input', 'A file that is no release is there already, and would be lost.', {
    where,
    next: 'Choose another name, or move that file.',
  });

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
