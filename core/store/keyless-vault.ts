import { NightjarError } from '../api/errors.ts';
import type { Journal } from './journal.ts';
import { refuseReason, type Vault } from './vault-type.ts';

/** What a vault that holds nothing says of itself. */
type Words = { readonly look: () => NightjarError; readonly key: () => NightjarError };

/** A vault that keeps nothing: it has a key while the case that made it stays open, or none at all. */
export const keylessVault = (
  sealing: 'none' | 'memory',
  key: Uint8Array | undefined,
  journal: Journal,
  words: Words = neverMade,
): Vault => {
  const refuseLook = (tokens: number, reason: string): never => {
    refuseReason(reason);
    journal.append('vault.look-failed', { tokens, why: 'no-vault', reason: reason.trim() });
    throw words.look();
  };
  return {
    sealing,
    pseudonymKey: () => {
      if (key === undefined) throw words.key();
      return key.slice();
    },
    append: () => undefined,
    flush: () => 0,
    truncate: () => undefined,
    reidentify: (_token, reason) => refuseLook(1, reason),
    reidentifyAll: (tokens, reason) => refuseLook(tokens.length, reason),
    changePassphrase: () => Promise.reject(words.look()),
    close: () => void key?.fill(0),
  };
};

/** The vault of a case whose keys were destroyed. `at`: when, as the journal says. */
export const destroyedVault = (journal: Journal, at: string): Vault => {
  const message = `The vault of this case was destroyed on ${at.slice(0, 10)}`;
  const where = 'vault.sealed';
  return keylessVault('none', undefined, journal, {
    look: () =>
      new NightjarError('vault', `${message}: nobody can re-identify.`, {
        where,
        next: 'Ranking, explaining and releasing still work; `nightjar vault verify` shows what was destroyed.',
      }),
    key: () =>
      new NightjarError('vault', `${message}, and the key of its pseudonyms with it.`, {
        where,
        next: 'Import into a new case: this one takes no further imports or labels by identifier.',
      }),
  });
};

const neverMade: Words = {
  look: () =>
    new NightjarError('vault', 'This case was made without a vault: nobody can re-identify.', {
      where: 'vault.sealed',
      next: 'Ranking, explaining and releasing work without one.',
    }),
  key: () =>
    new NightjarError('vault', 'The pseudonym key of this case was never kept.', {
      where: 'vault.sealed',
      next: 'Import all files at once into a new case: this one takes no further imports.',
    }),
};
