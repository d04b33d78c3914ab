import { closeSync, linkSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { NightjarError } from '../api/errors.ts';
import { errnoOf, withFileErrors } from './files.ts';
import { FILE_MODE } from './layout.ts';
import { describeSelf, isStale, readHolder, type LockHolder } from './lock-holder.ts';
import { isAlive } from './process-identity.ts';

export type Lock = { readonly holder: LockHolder; release(): void };

/** Takeovers of takeovers, each needing a crash within microseconds; beyond this a person has to look. */
const MAX_DEPTH = 4;
const MAX_ATTEMPTS = 50;
/**
 * Takes a lock file that names its holder. It is free when absent or when its holder has died. Two processes never
 * both get it: a file appears whole or not at all, and a dead holder's file is only removed by who holds a second
 * lock, named after the first. Errors: `case-locked` naming the holder.
 */
export const acquireLock = (path: string, program: string): Lock =>
  withFileErrors(path, () => acquire(path, program, 0));

const acquire = (path: string, program: string, depth: number): Lock => {
  const holder = describeSelf(program);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    if (createWhole(path, holder)) {
      if (depth === 0) removeLitter(path);
      return { holder, release: () => release(path, holder) };
    }
    if (!isStale(path)) {
      const found = readHolder(path);
      if (found.state === 'absent') continue;
      throw lockedBy(path, found.state === 'held' ? found.holder : undefined);
    }
    if (depth === MAX_DEPTH) throw lockedBy(path, undefined);
    const guard = acquire(`${path}.takeover`, program, depth + 1);
    try {
      // Only a guard's holder removes a stale file, so it cannot have changed between the look and the removal.
      if (isStale(path)) rmSync(path);
    } finally {
      guard.release();
    }
  }
  throw lockedBy(path, undefined);
};

/** Makes the file with its contents in one step; false when it is there already. */
const createWhole = (path: string, holder: LockHolder): boolean => {
  const text = `${JSON.stringify(holder)}\n`;
  const claim = `${path}.${holder.pid}.${holder.nonce}`;
  writeFileSync(claim, text, { flag: 'wx', mode: FILE_MODE });
  try {
    linkSync(claim, path);
    return true;
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT') return false; // the claim was tidied away by another process: try again
    return createExclusively(path, text); // a file system without hard links
  } finally {
    rmSync(claim, { force: true });
  }
};

const createExclusively = (path: string, text: string): boolean => {
  try {
    const fd = openSync(path, 'wx', FILE_MODE);
    try {
      writeSync(fd, text);
    } finally {
      closeSync(fd);
    }
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
};

const release = (path: string, holder: LockHolder): void => {
  const found = readHolder(path);
  if (found.state === 'held' && found.holder.nonce === holder.nonce) rmSync(path, { force: true });
};

/** Removes claims of processes that were killed while they made one. */
const removeLitter = (path: string): void => {
  const claim = new RegExp(`^${basename(path)}(?:\\.takeover)*\\.(\\d+)\\.[0-9a-f]{32}$`);
  for (const name of readdirSync(dirname(path))) {
    const pid = claim.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(dirname(path), name), { force: true });
  }
};

const lockedBy = (path: string, holder: LockHolder | undefined): NightjarError => {
  if (holder === undefined) {
    const next = 'Wait a few seconds and try again; if no Nightjar runs, delete the lock file.';
    return new NightjarError('case-locked', 'The case is being opened by another process.', { where: path, next });
  }
  const here = holder.host === hostname();
  const who = `${holder.program}, process ${holder.pid}${here ? '' : ` on ${holder.host}`}`;
  const next = here
    ? 'Close it there first.'
    : 'Close it there first; if it is certain that it no longer runs, delete the lock file.';
  return new NightjarError('case-locked', `The case is open in ${who}, since ${holder.since}.`, {
    where: path,
    next,
  });
};
