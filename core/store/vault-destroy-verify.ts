import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { withFileErrors } from './files.ts';
import type { JournalEntry } from './journal-format.ts';
import { checkJournal, readJournal } from './journal-verify.ts';
import { keyringPath } from './keyring.ts';
import { casePaths } from './layout.ts';
import { readManifest } from './manifest.ts';
import { destructionIn, isDestroyed, type Destruction } from './vault-destroy.ts';
import { HEADER_BYTES } from './vault-header.ts';
import { caseSecretPath } from './vault-keychain.ts';

/** One thing that was looked at, as a sentence that holds where `ok`. */
export type DestructionCheck = { readonly ok: boolean; readonly sentence: string };

export type DestructionVerdict = {
  /** The vault was destroyed, and nothing of it is here. */
  readonly ok: boolean;
  readonly destruction: Destruction | null;
  readonly checks: readonly DestructionCheck[];
};

/** How every header of a vault starts. */
const MARK = '"format":"nightjar-vault"';

/**
 * Checks that the vault of a case was destroyed and that nothing here could stand in for it, without opening or changing
 * the case. The pseudonym key is 32 random bytes that were only ever written inside the sealed header (see `sealKeys`):
 * where no header is left, no pseudonym can be made again or taken back. It cannot see copies that lie elsewhere.
 * Errors: `input`, `case-newer`, `case-damaged` from the manifest.
 */
export const verifyDestruction = (directory: string, options: { keyringPath?: string } = {}): DestructionVerdict => {
  const root = resolve(directory);
  const paths = casePaths(root);
  const manifest = readManifest(root);
  const { verdict, entries } = checkJournal(readJournal(paths.journal), manifest);
  const destruction = destructionIn(entries) ?? null;
  const secret = caseSecretPath(options.keyringPath ?? keyringPath(), manifest.caseId);
  const checks = [
    check(verdict.ok, 'The journal is whole.'),
    check(destruction !== null && isDestroyed(entries), 'It says that the vault was destroyed.'),
    check(!looksAfter(entries), 'It knows of no answer about an identity since.'),
    check(!existsSync(paths.vault) && !existsSync(`${paths.vault}.new`), 'The vault file is gone.'),
    check(!filesIn(root).some(startsAsVault), 'No file of the case starts as a vault does.'),
    check(manifest.sealing === 'none', 'case.json names no way to open one.'),
    check(!existsSync(secret), 'No secret of this case is in the configuration directory of this user.'),
  ];
  return { ok: checks.every(({ ok }) => ok), destruction, checks };
};

const check = (ok: boolean, sentence: string): DestructionCheck => ({ ok, sentence });

const looksAfter = (entries: readonly JournalEntry[]): boolean => {
  const at = entries.findIndex(({ event }) => event === 'vault.destroying');
  if (at < 0) return false;
  return entries.slice(at).some(({ event, detail }) => event === 'vault.reidentify' && detail['found'] !== 0);
};

const filesIn = (root: string): string[] =>
  withFileErrors(root, () =>
    readdirSync(root, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );

const startsAsVault = (path: string): boolean =>
  withFileErrors(path, () => {
    const fd = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(HEADER_BYTES);
      return bytes.subarray(0, readSync(fd, bytes, 0, HEADER_BYTES, 0)).includes(MARK);
    } finally {
      closeSync(fd);
    }
  });
