import { z } from 'zod';

import { NightjarError } from '../api/errors.ts';
import { systemRandom } from '../random/index.ts';
import { errnoOf, headOf, mapFileError } from './files.ts';
import { canonicalJson } from './json.ts';
import { readKeyring, readOrCreateKeyring } from './keyring.ts';
import { deriveKey, KEY_BYTES, passphraseKey, SCRYPT_COST, seal, unseal } from './sealing.ts';
import { createCaseSecret, readCaseSecret } from './vault-keychain.ts';
import { parsedJson } from '../text/index.ts';

/** The header is one JSON line padded to this length, so that a new passphrase moves no frame. */
export const HEADER_BYTES = 2048;

const base64 = z.base64();
/** A header may ask for at most 1 GiB of work: a manipulated one must not stall the machine. */
const scryptCost = z.strictObject({
  n: z
    .int()
    .min(2 ** 14)
    .max(2 ** 20)
    .refine((n) => Number.isInteger(Math.log2(n))),
  r: z.int().min(1).max(8),
  p: z.int().min(1).max(4),
});
const sealingShape = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('passphrase'), kdf: z.literal('scrypt'), cost: scryptCost, salt: base64 }),
  z.strictObject({ method: z.literal('keyring'), kdf: z.literal('hkdf-sha256'), keyId: z.string(), salt: base64 }),
  z.strictObject({ method: z.literal('keychain'), kdf: z.literal('hkdf-sha256'), keyId: z.string(), salt: base64 }),
]);
const headerShape = z.strictObject({
  format: z.literal('nightjar-vault'),
  version: z.literal(1),
  caseId: z.string(),
  sealing: sealingShape,
  /** nonce ‖ ciphertext ‖ tag of vault key ‖ pseudonym key. */
  keys: base64,
});

export type VaultHeader = Readonly<z.infer<typeof headerShape>>;
/**
 * What opens a vault: a passphrase; or what this user has on this machine, the keyring file and, in the desktop app, the
 * 32-byte secret that the system's keychain keeps for it.
 */
export type VaultOpener =
  | { readonly passphrase: string }
  | { readonly keyringPath: string; readonly keychainSecret?: Uint8Array | undefined };
/** The two keys of a vault, 64 bytes: vault key, pseudonym key. */
type Keys = Buffer;

/** Seals the keys under a passphrase, the machine's keyring (made on first use) or the keychain's secret. */
export const sealKeys = async (
  caseId: string,
  keys: Keys,
  opener: VaultOpener,
  machine: 'keyring' | 'keychain' = 'keyring',
): Promise<Buffer> => {
  const salt = Buffer.from(systemRandom.bytes(32));
  const sealing = newSealing(caseId, salt, opener, machine);
  const wrapping = await wrappingKey(caseId, sealing, opener);
  const context = sealingContext(caseId, sealing);
  const keysText = seal(wrapping, keys, context).toString('base64');
  wrapping.fill(0);
  const header: VaultHeader = { format: 'nightjar-vault', version: 1, caseId, sealing, keys: keysText };
  return Buffer.from(`${JSON.stringify(header).padEnd(HEADER_BYTES - 1)}\n`);
};

/**
 * Opens the keys. Errors: `vault` with one and the same text, after the same work, for a wrong passphrase and for a header
 * whose salt or sealed keys were changed. A header that is no header is told at once: that anybody sees in the file.
 */
export const unsealKeys = async (header: VaultHeader, where: string, opener: VaultOpener): Promise<Keys> => {
  const wrapping = await wrappingKey(header.caseId, header.sealing, opener);
  const context = sealingContext(header.caseId, header.sealing);
  const keys = unseal(wrapping, Buffer.from(header.keys, 'base64'), context);
  wrapping.fill(0);
  if (keys?.length === 2 * KEY_BYTES) return keys;
  keys?.fill(0);
  const { method } = header.sealing;
  const withPassphrase = method === 'passphrase';
  throw new NightjarError(
    'vault',
    withPassphrase
      ? 'The passphrase does not open the vault.'
      : `The ${method} of this machine does not open the vault.`,
    { where, next: withPassphrase ? 'Check the passphrase and try again.' : OTHER_MACHINE },
  );
};

/** Names the two keys of a vault without telling anything about them; the same under every passphrase. */
export const keyFingerprint = (keys: Keys, caseId: string): string =>
  deriveKey(keys, caseId, 'nightjar vault 1 fingerprint').subarray(0, 16).toString('hex');

/** Reads the header of a vault. Errors: `vault` when it is missing, damaged or of another case. */
export const readVaultHeader = (path: string, caseId: string): VaultHeader => {
  const text = readStart(path);
  const header = headerShape.safeParse(parsedJson(text));
  const next = 'Put vault.sealed back from a backup of the case.';
  if (!header.success) throw new NightjarError('vault', 'The vault is damaged.', { where: path, next });
  if (header.data.caseId === caseId) return header.data;
  throw new NightjarError('vault', 'The vault belongs to another case.', { where: path, next });
};

const OTHER_MACHINE =
  'The case was sealed on another machine or by another user: open it there, or bring that keyring here.';

const newSealing = (
  caseId: string,
  salt: Buffer,
  opener: VaultOpener,
  machine: 'keyring' | 'keychain',
): VaultHeader['sealing'] => {
  const saltText = salt.toString('base64');
  if ('passphrase' in opener) {
    return { method: 'passphrase', kdf: 'scrypt', cost: { ...SCRYPT_COST }, salt: saltText };
  }
  const secret =
    machine === 'keychain'
      ? createCaseSecret(opener.keyringPath, caseId, requireKeychain(opener.keychainSecret))
      : readOrCreateKeyring(opener.keyringPath);
  const keyId = keyIdOf(secret);
  secret.fill(0);
  return { method: machine, kdf: 'hkdf-sha256', keyId, salt: saltText };
};

const wrappingKey = async (caseId: string, sealing: VaultHeader['sealing'], opener: VaultOpener): Promise<Buffer> => {
  const salt = Buffer.from(sealing.salt, 'base64');
  const purpose = `nightjar vault 1 wrapping ${caseId}`;
  if (sealing.method === 'passphrase') {
    if (!('passphrase' in opener)) throw needsPassphrase();
    const stretched = await passphraseKey(opener.passphrase, salt, sealing.cost);
    const key = deriveKey(stretched, salt, purpose);
    stretched.fill(0);
    return key;
  }
  if (!('keyringPath' in opener)) {
    const next = 'Open the case without a passphrase.';
    throw new NightjarError('vault', `This vault is sealed under the ${sealing.method}, not a passphrase.`, { next });
  }
  const secret =
    sealing.method === 'keychain'
      ? readCaseSecret(opener.keyringPath, caseId, requireKeychain(opener.keychainSecret))
      : readKeyring(opener.keyringPath);
  const keyId = keyIdOf(secret);
  const key = deriveKey(secret, salt, purpose);
  secret.fill(0);
  if (keyId === sealing.keyId) return key;
  key.fill(0);
  const message = `The case was sealed under another ${sealing.method === 'keychain' ? 'secret' : 'keyring'}.`;
  throw new NightjarError('vault', message, { where: opener.keyringPath, next: OTHER_MACHINE });
};

const requireKeychain = (secret: Uint8Array | undefined): Uint8Array => {
  if (secret?.length === KEY_BYTES) return secret;
  throw new NightjarError('vault', "The vault is sealed under the system's keychain.", {
    next: 'Open the case in the desktop app, as the user who made it: only the app is let into the keychain.',
  });
};

export const needsPassphrase = (): NightjarError =>
  new NightjarError('vault', 'The vault is sealed under a passphrase.', {
    next: 'Open the case with its passphrase.',
  });

/** Tells keyrings apart without telling anything about the secret. */
const keyIdOf = (secret: Uint8Array): string =>
  deriveKey(secret, '', 'nightjar keyring 1 identity').subarray(0, 8).toString('hex');

const sealingContext = (caseId: string, sealing: VaultHeader['sealing']): string =>
  canonicalJson({ format: 'nightjar-vault', version: 1, caseId, sealing });

const readStart = (path: string): string => {
  try {
    return headOf(path, HEADER_BYTES);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw mapFileError(error, path);
    const next = 'Put vault.sealed back from a backup of the case; without it nobody can re-identify.';
    throw new NightjarError('vault', 'The vault of the case is missing.', { where: path, next });
  }
};
