import { closeSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

import { NightjarError } from '../api/errors.ts';
import { DIRECTORY_MODE, FILE_MODE } from './layout.ts';

/** The `code` of a file system error (`ENOENT`, …), or undefined. */
export const errnoOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const DENIED = new Set(['EACCES', 'EPERM', 'EROFS']);

/** A file system error as a NightjarError: `disk-full`, `input` (not permitted, not there, no file or directory) or `internal`. */
export const mapFileError = (error: unknown, where: string): NightjarError => {
  if (error instanceof NightjarError) return error;
  const code = errnoOf(error);
  if (code !== undefined && FULL.has(code)) {
    const next = 'Free some space on that disk and run it again: what was stored before is kept.';
    return new NightjarError('disk-full', 'The disk is full.', { where, next }, error);
  }
  if (code !== undefined && DENIED.has(code)) {
    const next = 'Check the permissions of the directory, or choose another one.';
    return new NightjarError('input', 'Access was denied.', { where, next }, error);
  }
  if (code === 'EISDIR') {
    const next = 'Move it away, or choose another place.';
    return new NightjarError('input', 'A directory is where a file should be.', { where, next }, error);
  }
  if (code === 'ENAMETOOLONG' || code === 'ELOOP') {
    const what = code === 'ELOOP' ? 'This link leads to itself.' : 'This name is too long.';
    return new NightjarError('input', what, { where, next: 'Choose another name.' }, error);
  }
  if (code === 'ENOENT') {
    const next = 'Check the path: part of it is missing, or a link that leads nowhere.';
    return new NightjarError('input', 'There is no such place.', { where, next }, error);
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    const next = 'Choose another directory.';
    return new NightjarError('input', 'A file is where a directory should be.', { where, next }, error);
  }
  return new NightjarError('internal', `A file operation failed (${code ?? 'unknown'}).`, { where }, error);
};

/** Runs `work`; a file system error leaves as a NightjarError about `where`. */
export const withFileErrors = <T>(where: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw mapFileError(error, where);
  }
};

/**
 * Makes a directory with all those above it that are missing; one that is there is left as it is. Node's own recursive
 * `mkdir` never ends where the file system says of each part that it is missing, as below /proc or a mount point.
 */
export const makeDirectory = (path: string, mode = DIRECTORY_MODE): void => {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (errnoOf(error) === 'EEXIST' && statSync(path).isDirectory()) return;
    const above = dirname(path);
    if (errnoOf(error) !== 'ENOENT' || above === path || statSync(above, { throwIfNoEntry: false }) !== undefined)
      throw error;
    makeDirectory(above, mode);
    makeDirectory(path, mode);
  }
};

/** Writes all of `data` at the file's position (or at `position`), however many calls that takes. */
export const writeFully = (fd: number, data: Uint8Array, position: number | null = null): void => {
  for (let done = 0; done < data.length;) {
    const at = position === null ? null : position + done;
    done += writeSync(fd, data, done, data.length - done, at);
  }
};

/** Makes a rename or a new name durable. Windows cannot open directories and needs no such call. */
export const syncDirectory = (directory: string): void => {
  if (process.platform === 'win32') return;
  const fd = openSync(directory, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};

/** The first bytes of a file as text, at most so many. */
export const headOf = (path: string, bytes: number): string => {
  const head = Buffer.alloc(bytes);
  const fd = openSync(path, 'r');
  try {
    return head.toString('utf8', 0, readSync(fd, head));
  } finally {
    closeSync(fd);
  }
};

/** Replaces a file so that a crash leaves the old one or the new one, whole: temp, fsync, rename, fsync. */
export const replaceFile = (path: string, data: Uint8Array): void => {
  const temporary = `${path}.new`;
  withFileErrors(path, () => {
    try {
      rmSync(temporary, { force: true }); // what a crash left, or a link to somewhere else
      const fd = openSync(temporary, 'wx', FILE_MODE);
      try {
        writeFully(fd, data);
        fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    syncDirectory(dirname(path));
  });
};
