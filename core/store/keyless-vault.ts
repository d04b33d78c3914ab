import { NightjarError } from '../api/errors.ts';
import { refuseNoReason, type Vault } from './vault-type.ts';

/** A vault that keeps nothing: it has a key while the case that made it stays open, or none at all. */
export const keylessVault = (sealing: 'none' | 'memory', key: Uint8Array | undefined): Vault => {
  const noVault = (): never => {
    throw new NightjarError('vault', 'This case was made without a vault: nobody can re-identify.', {
      where: 'vault.sealed',
    });
  };
  return {
    sealing,
    pseudonymKey: () => key?.slice() ?? refuseLaterImport(),
    append: () => undefined,
    flush: () => 0,
    truncate: () => undefined,
    reidentify: (_token, reason) => {
      refuseNoReason(reason);
      return noVault();
    },
    changePassphrase: async () => noVault(),
    close: () => void key?.fill(0),
  };
};

const refuseLaterImport = (): never => {
  throw new NightjarError('vault', 'The pseudonym key of this case was never kept.', {
    where: 'vault.sealed',
    next: 'Import all files at once into a new case: this one takes no further imports.',
  });
};
