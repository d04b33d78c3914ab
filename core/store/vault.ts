import { NightjarError } from '../api/errors.ts';
import { systemRandom } from '../random/index.ts';
import type { Journal } from './journal.ts';
import type { Sealing } from './manifest.ts';
import { destroyedVault, keylessVault } from './keyless-vault.ts';
import { keyringPath } from './keyring.ts';
import { KEY_BYTES } from './sealing.ts';
import { createVaultFile, openVaultFile, replaceVaultHeader, type VaultFile } from './vault-file.ts';
import { destructionIn, finishDestruction } from './vault-destroy.ts';
import { openFrames, type VaultFrames } from './vault-frames.ts';
import {
  HEADER_BYTES,
  needsPassphrase,
  readVaultHeader,
  sealKeys,
  unsealKeys,
  type VaultHeader,
  type VaultOpener,
} from './vault-header.ts';
import { refuseReason, refuseTokens, type Vault } from './vault-type.ts';

export type VaultPlace = { readonly path: string; readonly caseId: string; readonly journal: Journal };

/** Makes the vault of a new case, with fresh keys. */
export const createVault = async (
  place: VaultPlace,
  opener: VaultOpener,
  machine: 'keyring' | 'keychain' = 'keyring',
): Promise<Vault> => {
  if ('passphrase' in opener) refuseEmpty(opener.passphrase);
  const keys = Buffer.from(systemRandom.bytes(2 * KEY_BYTES));
  createVaultFile(place.path, await sealKeys(place.caseId, keys, opener, machine));
  return fileVault(place, 'passphrase' in opener ? 'passphrase' : machine, { keys });
};

/** What opens a vault, or that it is to stay shut. */
export type VaultAccess = VaultOpener | { readonly shut: true };

/**
 * Opens the vault of a case. With a wrong passphrase: error `vault`, and an entry in the journal. With no passphrase, a
 * missing keyring or a missing vault file the case still opens, and what needs the keys throws that `vault` error when
 * it is called. A vault that the journal says was destroyed stays so, whatever was put back in its place.
 *
 * Wrong passphrases are not slowed beyond scrypt's own cost: who has the file guesses without this program, and who has
 * only the program would lock the owner out.
 */
export const openVault = async (
  place: VaultPlace,
  sealing: Sealing,
  access: VaultAccess,
  ring: string = keyringPath(),
): Promise<Vault> => {
  const destruction = destructionIn(place.journal.entries());
  if (destruction !== undefined) {
    finishDestruction(place, ring);
    return destroyedVault(place.journal, destruction.at);
  }
  if (sealing === 'none' || sealing === 'memory') return keylessVault(sealing, undefined, place.journal);
  try {
    const header = readVaultHeader(place.path, place.caseId);
    if ('shut' in access) throw keptShut();
    if (sealing === 'passphrase' && !('passphrase' in access)) throw needsPassphrase();
    return fileVault(place, sealing, { keys: await unsealOrJournal(place, header, access) });
  } catch (error) {
    const wasAsked = 'passphrase' in access;
    if (wasAsked || !(error instanceof NightjarError) || error.code !== 'vault') throw error;
    return fileVault(place, sealing, { why: error });
  }
};

const unsealOrJournal = async (place: VaultPlace, header: VaultHeader, opener: VaultOpener): Promise<Buffer> => {
  try {
    return await unsealKeys(header, place.path, opener);
  } catch (error) {
    const isGuess = header.sealing.method === 'passphrase' && error instanceof NightjarError && error.code === 'vault';
    if (isGuess) place.journal.append('vault.wrong-passphrase');
    throw error;
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
  const look: Vault['reidentifyAll'] = (tokens, reason) => {
    refuseReason(reason);
    refuseTokens(tokens);
    const found = orJournal(() => sealed().find(tokens), tokens.length, reason);
    for (const [token, entries] of found) {
      // Only a token that is one is written down: somebody may have typed a raw identifier.
      const detail = { token: entries.length > 0 ? token : null, found: entries.length, reason: reason.trim() };
      place.journal.append('vault.reidentify', detail);
    }
    return found;
  };
  const orJournal = <T>(work: () => T, tokens: number, reason: string): T => {
    try {
      return work();
    } catch (error) {
      const why = error instanceof NightjarError ? error.code : 'internal';
      place.journal.append('vault.look-failed', { tokens, why, reason: reason.trim() });
      throw error;
    }
  };
  return {
    sealing,
    pseudonymKey: () => Uint8Array.from(keys().subarray(KEY_BYTES)),
    append: (entries) => sealed().append(entries),
    flush: () => sealed().flush(),
    truncate: (bytes) => (frames ?? file)?.truncate(Math.max(bytes, HEADER_BYTES)),
    reidentify: (token, reason) => look([token], reason).get(token) ?? [],
    reidentifyAll: look,
    changePassphrase: async (passphrase) => {
      refuseEmpty(passphrase);
      if (sealing !== 'passphrase') throw noPassphrase(sealing);
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

const noPassphrase = (sealing: Sealing): NightjarError =>
  new NightjarError('vault', `The vault is sealed under the ${sealing}, not a passphrase.`, {
    where: 'vault.sealed',
    next: 'Only the passphrase of a case that was made with one can be changed.',
  });

const keptShut = (): NightjarError =>
  new NightjarError('vault', 'The vault stays shut in a session without a view of single actors.', {
    next: 'Open the case as an investigator.',
  });

const refuseEmpty = (passphrase: string): void => {
  if (passphrase !== '') return;
  throw new NightjarError('usage', 'The passphrase is empty.', { next: 'Choose a long passphrase.' });
};
