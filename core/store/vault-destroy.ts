import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { NightjarError } from '../api/errors.ts';
import { withFileErrors } from './files.ts';
import type { JournalEntry } from './journal-format.ts';
import { openJournal, type Journal, type ManifestHolder } from './journal.ts';
import { keyringPath } from './keyring.ts';
import { casePaths } from './layout.ts';
import { acquireLock } from './lock.ts';
import { readManifest, writeManifest } from './manifest.ts';
import { shredFile } from './shred.ts';
import { shredCaseSecret } from './vault-keychain.ts';
import { HEADER_BYTES, keyFingerprint, readVaultHeader, unsealKeys, type VaultOpener } from './vault-header.ts';
import { refuseReason } from './vault-type.ts';

/** What the journal says of a vault that was destroyed, or is being destroyed. */
export type Destruction = {
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly reason: string;
  /** How the vault was sealed. */
  readonly sealing: string;
  /** Fingerprint of the keys that are gone; null where the vault could not be opened before. */
  readonly key: string | null;
  /** SHA-256 of the header that sealed them: a copy of it that turns up elsewhere is known by this. Null without a file. */
  readonly header: string | null;
  /** Hash of the journal's entry: kept elsewhere, it shows that an older copy of the case was put back. */
  readonly entry: string;
};

export type DestroyOptions = {
  readonly reason: string;
  /** Names the keys in the statement; a vault that nobody can open is destroyed as well. */
  readonly passphrase?: string | undefined;
  /** Where the keyring lies, when not in the user's configuration directory. */
  readonly keyringPath?: string | undefined;
  readonly program?: string;
};

const BEGUN = 'vault.destroying';
const DONE = 'vault.destroyed';

/**
 * Destroys the vault of a case that is not open: what is to go is journalled, then keys and entries are overwritten and
 * removed, then that is journalled. A crash in between is finished by the next opening. Afterwards nothing that this
 * program kept maps a pseudonym back or makes one again. Needs no key. A vault that was destroyed before is checked
 * for what came back. Errors: `usage` without a reason, `vault` for a case without a vault and for a wrong passphrase,
 * `case-locked`, `case-damaged`.
 */
export const destroyVault = async (directory: string, options: DestroyOptions): Promise<Destruction> => {
  refuseReason(options.reason);
  const root = resolve(directory);
  const paths = casePaths(root);
  readManifest(root);
  const lock = acquireLock(paths.lock, options.program ?? 'nightjar');
  let journal: Journal | undefined;
  try {
    const holder: ManifestHolder = { current: readManifest(root) };
    journal = openJournal(root, holder);
    const { caseId, sealing } = holder.current;
    const place = { path: paths.vault, caseId, journal };
    const ring = options.keyringPath ?? keyringPath();
    if (destructionIn(journal.entries()) === undefined) {
      if (sealing === 'none' || sealing === 'memory') throw nothingToDestroy();
      const opener = options.passphrase === undefined ? { keyringPath: ring } : { passphrase: options.passphrase };
      const key = await fingerprintOf(place, sealing, opener);
      const reason = options.reason.trim();
      journal.append(BEGUN, { sealing, key, header: headerHash(paths.vault), reason });
    }
    finishDestruction(place, ring);
    if (holder.current.sealing !== 'none') {
      holder.current = { ...holder.current, sealing: 'none' };
      writeManifest(root, holder.current);
    }
    const done = destructionIn(journal.entries());
    if (done === undefined) throw new NightjarError('internal', 'The journal lacks what was just written.');
    return done;
  } finally {
    journal?.close();
    lock.release();
  }
};

/** What a journal says of the destruction of the vault; undefined where there was none. */
export const destructionIn = (entries: readonly JournalEntry[]): Destruction | undefined => {
  const found = entries.find(({ event }) => event === BEGUN);
  if (found === undefined) return undefined;
  const { at, detail, hash: entry } = found;
  const textOf = (name: string): string | null => {
    const value = detail[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    at,
    reason: textOf('reason') ?? '',
    sealing: textOf('sealing') ?? '',
    key: textOf('key'),
    header: textOf('header'),
    entry,
  };
};

/** Whether the journal says that a destruction that was begun was also done. */
export const isDestroyed = (entries: readonly JournalEntry[]): boolean => entries.some(({ event }) => event === DONE);

/** Removes what a destruction was to remove, and whatever of it was put back since. */
export const finishDestruction = (
  place: { readonly path: string; readonly caseId: string; readonly journal: Journal },
  ring: string,
): void => {
  const gone = [place.path, `${place.path}.new`].map((path) => shredFile(path, HEADER_BYTES));
  gone.push(shredCaseSecret(ring, place.caseId));
  const wasDone = isDestroyed(place.journal.entries());
  if (wasDone && !gone.includes(true)) return;
  place.journal.append(DONE, { key: destructionIn(place.journal.entries())?.key ?? null, again: wasDone });
};

const fingerprintOf = async (
  place: { readonly path: string; readonly caseId: string; readonly journal: Journal },
  sealing: string,
  opener: VaultOpener,
): Promise<string | null> => {
  try {
    if (sealing === 'passphrase' && !('passphrase' in opener)) return null;
    const keys = await unsealKeys(readVaultHeader(place.path, place.caseId), place.path, opener);
    const fingerprint = keyFingerprint(keys, place.caseId);
    keys.fill(0);
    return fingerprint;
  } catch (error) {
    // Without a passphrase it may be shut, damaged or missing, and goes unnamed; a wrong passphrase may mean a wrong case.
    if (error instanceof NightjarError && error.code === 'vault' && !('passphrase' in opener)) return null;
    throw error;
  }
};

const headerHash = (path: string): string | null =>
  withFileErrors(path, () => {
    if (!existsSync(path)) return null;
    return createHash('sha256').update(readFileSync(path).subarray(0, HEADER_BYTES)).digest('hex');
  });

const nothingToDestroy = (): NightjarError =>
  new NightjarError('vault', 'This case was made without a vault: there is nothing to destroy.', {
    where: 'vault.sealed',
    next: 'Nobody can re-identify in it as it is.',
  });
