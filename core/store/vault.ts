import { NightjarError } from '../api/errors.ts';
import { systemRandom } from '../random/index.ts';
import type { Journal } from './journal.ts';
import type { Sealing } from './manifest.ts';
import { keylessVault } from './keyless-vault.ts';
import { KEY_BYTES } from './sealing.ts';
import { createVaultFile, openVaultFile, replaceVaultHeader, type VaultFile } from './vault-file.ts';
import { openFrames, type VaultFrames } from './vault-frames.ts';
import {
  HEADER_BYTES,
  needsPassphrase,
  readVaultHeader,
  sealKeys,
  unsealKeys,
  type VaultOpener,
} from './vault-header.ts';
import { refuseNoReason, type Vault } from './vault-type.ts';

export type VaultPlace = { readonly path: string; readonly caseId: string; readonly journal: Journal };

/** Makes the vault of a new case, with fresh keys. */
export const createVault = async (place: VaultPlace, opener: VaultOpener): Promise<Vault> => {
  if ('passphrase' in opener) refuseEmpty(opener.passphrase);
  const keys = Buffer.from(systemRandom.bytes(2 * KEY_BYTES));
  createVaultFile(place.path, await sealKeys(place.caseId, keys, opener));
  return fileVault(place, 'passphrase' in opener ? 'passphrase' : 'keyring', { keys });
};

/**
 * Opens the vault of a case. With a wrong passphrase: error `vault`. With no passphrase, a missing keyring or a
 * missing vault file the case still opens, and what needs the keys throws that `vault` error when it is called.
 */
export const openVault = async (place: VaultPlace, sealing: Sealing, opener: VaultOpener): Promise<Vault> => {
  if (sealing === 'none' || sealing === 'memory') return keylessVault(sealing, undefined);
  try {
    const header = readVaultHeader(place.path, place.caseId);
    if (sealing === 'passphrase' && !('passphrase' in opener)) throw needsPassphrase();
    return fileVault(place, sealing, { keys: await unsealKeys(header, place.path, opener) });
  } catch (error) {
    const wasAsked = 'passphrase' in opener;
    if (wasAsked || !(error instanceof NightjarError) || error.code !== 'vault') throw error;
    return fileVault(place, sealing, { why: error });
  }
};

const fileVault = (place: VaultPlace, sealing: Sealing, opened: { keys: Buffer } | { why: NightjarError }): Vault => {
  const vaultMissing = 'why' in opened && !canOpen(place);
  let file: VaultFile | undefined = vaultMissing ? undefined : openVaultFile(place.path);
  let frames = 'keys' in opened && file !== undefined ? framesOf(file, opened.keys, place) : undefined;
  const keys = (): Buffer => {
    if ('why' in opened) throw opened.why;
    return opened.keys;
  };
  const sealed = (): VaultFrames => {
    keys();
    if (frames === undefined) throw new NightjarError('internal', 'The vault was closed.');
    return frames;
  };
  const close = (): void => {
    frames?.close();
    file?.close();
    frames = undefined;
    file = undefined;
  };
  return {
    sealing,
    pseudonymKey: () => Uint8Array.from(keys().subarray(KEY_BYTES)),
    append: (entries) => sealed().append(entries),
    flush: () => sealed().flush(),
    truncate: (bytes) => (frames ?? file)?.truncate(Math.max(bytes, HEADER_BYTES)),
    reidentify: (token, reason) => {
      refuseNoReason(reason);
      const entries = sealed().find(token);
      // Only a token that is one is written down: somebody may have typed a raw identifier.
      const known = entries.length > 0;
      const detail = { token: known ? token : null, found: entries.length, reason: reason.trim() };
      place.journal.append('vault.reidentify', detail);
      return entries;
    },
    changePassphrase: async (passphrase) => {
      refuseEmpty(passphrase);
      if (sealing !== 'passphrase') throw new NightjarError('vault', 'The vault has no passphrase to change.');
      const header = await sealKeys(place.caseId, keys(), { passphrase });
      sealed().flush();
      close();
      replaceVaultHeader(place.path, header);
      file = openVaultFile(place.path);
      frames = framesOf(file, keys(), place);
      place.journal.append('vault.passphrase-changed');
    },
    close: () => {
      close();
      if ('keys' in opened) opened.keys.fill(0);
    },
  };
};

const framesOf = (file: VaultFile, keys: Buffer, place: VaultPlace): VaultFrames =>
  openFrames(file, keys.subarray(0, KEY_BYTES), place.caseId);

/** Whether the file has a header of this case, so that its frames can be cut without a key. */
const canOpen = (place: VaultPlace): boolean => {
  try {
    readVaultHeader(place.path, place.caseId);
    return true;
  } catch (error) {
    if (error instanceof NightjarError && error.code === 'vault') return false;
    throw error;
  }
};

const refuseEmpty = (passphrase: string): void => {
  if (passphrase !== '') return;
  throw new NightjarError('usage', 'The passphrase is empty.', { next: 'Choose a long passphrase.' });
};
