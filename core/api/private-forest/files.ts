import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

import { parseForestFile, type ForestFile } from '../../release/private-forest/index.ts';
import { errnoOf, replaceFile } from '../../store/files.ts';
import { NightjarError } from '../errors.ts';

/** The file of a forest. Errors: `input`. */
export const readForestFile = (path: string): ForestFile => {
  try {
    return parseForestFile(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof NightjarError) throw error;
    const message = errnoOf(error) === 'ENOENT' ? 'There is no such file.' : 'The file cannot be read.';
    throw new NightjarError('input', message, { where: path, next: 'Check its path and permissions.' }, error);
  }
};

/** Throws `input` where a forest could not be written later: before anything is spent on it. */
export const requireForestPlace = (path: string): void => {
  const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const hasFolder = statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isDirectory && hasFolder) return;
  const message = isDirectory ? 'This is a directory.' : 'There is no such directory.';
  throw new NightjarError('input', message, { where: path, next: 'Name a file in a directory that is there.' });
};

/** Writes the file of a forest as it was signed. Errors: `disk-full`, `input`. */
export const writeForestFile = (path: string, file: Buffer): void => replaceFile(path, file);

/** Whether a file says that it holds a private forest, whatever else is wrong with it; false where it cannot be read. */
export const isForestFile = (path: string): boolean =>
  existsSync(path) && statSync(path).isFile() && readFileSync(path, 'utf8').includes('"format":"nightjar-forest"');
