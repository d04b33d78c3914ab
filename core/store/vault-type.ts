import { NightjarError } from '../api/errors.ts';
import type { Sealing } from './manifest.ts';
import type { VaultEntry } from './vault-frames.ts';

/** What maps pseudonyms back. Its keys live in closures: printing or serialising a vault shows none. */
export type Vault = {
  readonly sealing: Sealing;
  /** A copy of the 32-byte key that pseudonyms are made with. Errors: `vault` when it is sealed or was never kept. */
  pseudonymKey(): Uint8Array;
  /** Buffers entries; about every MiB of them is sealed and written. Kept nowhere in a case without a vault. */
  append(entries: Iterable<VaultEntry>): void;
  /** Makes all appended entries durable; returns the length of the vault in bytes (0 without a vault). */
  flush(): number;
  /** Drops what is buffered and everything after `bytes` (0: everything). Needs no key. */
  truncate(bytes: number): void;
  /**
   * The raw values behind a pseudonym, after token and reason were journalled; none when it stands for nothing here. A
   * look that fails is journalled as well. Errors: `usage` without a reason, `vault` when the vault does not open.
   */
  reidentify(token: string, reason: string): readonly VaultEntry[];
  /** As `reidentify` for several pseudonyms (at most 1,000): one entry of the journal each, all before any answer. */
  reidentifyAll(tokens: readonly string[], reason: string): ReadonlyMap<string, readonly VaultEntry[]>;
  /** Seals the keys under another passphrase. Errors: `vault` when the vault is not open under one. */
  changePassphrase(passphrase: string): Promise<void>;
  close(): void;
};

const MOST_TOKENS = 1000;
const LONGEST_REASON = 1000;

/** Nobody looks into a vault, or destroys one, without saying why, in words that a journal can keep. */
export const refuseReason = (reason: string): void => {
  const next = 'Say why in a sentence: the reason is written to the journal.';
  const letters = reason.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (letters < 3) {
    const message = letters === 0 ? 'This needs a reason.' : 'The reason is too short to tell anybody anything.';
    throw new NightjarError('usage', message, { where: 'reason', next });
  }
  if (reason.length <= LONGEST_REASON) return;
  throw new NightjarError('usage', `The reason is longer than ${LONGEST_REASON} characters.`, {
    where: 'reason',
    next,
  });
};

/** One look is about some actors, not about everybody. */
export const refuseTokens = (tokens: readonly string[]): void => {
  if (tokens.length > 0 && tokens.length <= MOST_TOKENS) return;
  throw new NightjarError('usage', `A look takes from 1 to ${MOST_TOKENS} pseudonyms.`, {
    where: 'actor',
    next: 'Name the actors whose identity is needed.',
  });
};
