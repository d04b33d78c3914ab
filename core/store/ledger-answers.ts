import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { NightjarError } from '../api/errors.ts';
import { replaceFile, syncDirectory, withFileErrors } from './files.ts';
import { DIRECTORY_MODE, type CasePaths } from './layout.ts';

type Place = Pick<CasePaths, 'releases'>;

/** Stores a release file under its own SHA-256, which is returned. It is durable when this returns. Errors: `disk-full`. */
export const storeRelease = ({ releases }: Place, bytes: Uint8Array): string => {
  const sha256 = digest(bytes);
  withFileErrors(releases, () => {
    if (existsSync(releases)) return;
    mkdirSync(releases, { mode: DIRECTORY_MODE });
    syncDirectory(dirname(releases));
  });
  replaceFile(fileOf(releases, sha256), bytes);
  return sha256;
};

/** A release file as it was stored. Errors: `case-damaged` where it is missing or was changed. */
export const loadRelease = ({ releases }: Place, sha256: string): Buffer => {
  const path = fileOf(releases, sha256);
  const bytes = withFileErrors(path, () => (existsSync(path) ? readFileSync(path) : undefined));
  if (bytes !== undefined && digest(bytes) === sha256) return bytes;
  const what = bytes === undefined ? 'is missing' : 'was changed';
  throw new NightjarError('case-damaged', `The stored answer ${what}.`, {
    where: path,
    next: 'Put it back from a backup, or from a copy of the release file: it is named by its SHA-256.',
  });
};

/**
 * Removes files that the ledger does not name: answers that a crash kept from being entered. They were paid for, and nobody
 * has seen them; to be answered again, the question costs again.
 */
export const removeUnnamedReleases = ({ releases }: Place, named: ReadonlySet<string>): void =>
  withFileErrors(releases, () => {
    if (!existsSync(releases)) return;
    for (const name of readdirSync(releases)) {
      if (!named.has(name.replace(/\.json$/u, ''))) rmSync(join(releases, name), { force: true });
    }
  });

const fileOf = (releases: string, sha256: string): string => join(releases, `${sha256}.json`);

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
