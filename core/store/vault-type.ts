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
   * The raw values behind a pseudonym, after token and reason were journalled; none when it stands for nothing here.
   * Errors: `usage` without a reason, `vault` when the vault does not open.
   */
  reidentify(token: string, reason: string): readonly VaultEntry[];
  /** Seals the keys under another passphrase. Errors: `vault` when the vault is not open under one. */
  changePassphrase(passphrase: string): Promise<void>;
  close(): void;
};

/** Nobody looks into a vault without saying why. */
export const refuseNoReason = (reason: string): void => {
  if (reason.trim() !== '') return;
  const next = 'Say why this identity is needed: the reason is written to the journal.';
  throw new NightjarError('usage', 'Re-identification needs a reason.', { next });
};
