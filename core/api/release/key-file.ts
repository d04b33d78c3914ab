import { closeSync, fsyncSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';

import { z } from 'zod';

import { systemRandom } from '../../random/index.ts';
import { fingerprintOf, isPublicKey, newSecret, signingKeyOf, type SigningKey } from '../../release/keys/index.ts';
import { errnoOf, mapFileError, writeFully } from '../../store/files.ts';
import { passphraseKey, SCRYPT_COST, seal, unseal } from '../../store/sealing.ts';
import { NightjarError } from '../errors.ts';

const publicKey = z.string().refine(isPublicKey);
const name = z.string().min(1).max(200);
const publicShape = z.strictObject({
  format: z.literal('nightjar-public-key'),
  version: z.literal(1),
  name,
  publicKey,
});
const secretShape = z.strictObject({
  format: z.literal('nightjar-key'),
  version: z.literal(1),
  name,
  publicKey,
  sealing: z.discriminatedUnion('method', [
    z.strictObject({ method: z.literal('none') }),
    z.strictObject({
      method: z.literal('passphrase'),
      kdf: z.literal('scrypt'),
      /** At most 1 GiB of work: a manipulated file must not stall the machine. */
      cost: z.strictObject({
        n: z.union([z.literal(2 ** 17), z.literal(2 ** 18), z.literal(2 ** 19), z.literal(2 ** 20)]),
        r: z.literal(8),
        p: z.literal(1),
      }),
      salt: z.base64(),
    }),
  ]),
  secret: z.base64(),
});

/** A public key, and the name its owner gave it. */
export type NamedPublicKey = { readonly publicKey: string; readonly fingerprint: string; readonly name: string };

/** A reviewer's key that is open, and its name. */
export type ReviewerKey = SigningKey & { readonly name: string };

/**
 * Makes a reviewer's key: the secret in a new file (mode 0600), sealed under a passphrase when one is given (scrypt and
 * AES-256-GCM), and the public key in `PATH.pub`. Errors: `input` where one of the files is there already.
 */
export const makeKeyFile = async (path: string, owner: string, passphrase?: string): Promise<NamedPublicKey> => {
  const secret = newSecret();
  const key = signingKeyOf(secret);
  const base = { format: 'nightjar-key', version: 1, name: owner, publicKey: key.publicKey } as const;
  const sealed = passphrase === undefined ? unsealed(secret) : await sealedUnder(passphrase, secret, key.publicKey);
  secret.fill(0);
  writeNew(`${path}.pub`, 0o644, { ...base, format: 'nightjar-public-key' });
  try {
    writeNew(path, 0o600, { ...base, ...sealed });
  } catch (error) {
    rmSync(`${path}.pub`);
    throw error;
  }
  return { publicKey: key.publicKey, fingerprint: key.fingerprint, name: owner };
};

/**
 * Opens a reviewer's key. Errors: `input` where there is none, or others may read it; `vault` for a wrong passphrase and
 * for a changed file, with one and the same text.
 */
export const openKeyFile = async (path: string, passphrase?: string): Promise<ReviewerKey> => {
  const file = secretShape.safeParse(readJson(path)).data;
  if (file === undefined) throw notA('reviewer’s key', path, 'Make one with `nightjar release keygen --out FILE`.');
  refuseOpenToOthers(path);
  const { sealing, publicKey: named } = file;
  const bytes = Buffer.from(file.secret, 'base64');
  if (sealing.method === 'passphrase' && passphrase === undefined) {
    const next = 'Give --key-passphrase-file FILE, or the variable NIGHTJAR_KEY_PASSPHRASE.';
    throw new NightjarError('vault', 'The key is sealed under a passphrase.', { where: path, next });
  }
  let secret: Buffer | undefined = bytes;
  if (sealing.method === 'passphrase') {
    const wrapping = await passphraseKey(passphrase ?? '', Buffer.from(sealing.salt, 'base64'), sealing.cost);
    secret = unseal(wrapping, bytes, context(named));
    wrapping.fill(0);
  }
  const key = secret?.length === 32 ? signingKeyOf(secret) : undefined;
  secret?.fill(0);
  if (key?.publicKey === named) return { ...key, name: file.name };
  const next = 'Check the passphrase, or put the file back from a backup.';
  throw new NightjarError('vault', 'The key does not open.', { where: path, next });
};

/** Reads a public key, from a `.pub` file or from the file of the key itself. Errors: `input`. */
export const readPublicKey = (path: string): NamedPublicKey => {
  const value = readJson(path);
  const found = publicShape.safeParse(value).data ?? secretShape.safeParse(value).data;
  if (found === undefined) throw notA('public key', path, 'Name the .pub file that was made with the key.');
  return { publicKey: found.publicKey, fingerprint: fingerprintOf(found.publicKey), name: found.name };
};

const unsealed = (secret: Buffer) => ({ sealing: { method: 'none' }, secret: secret.toString('base64') });

const sealedUnder = async (passphrase: string, secret: Buffer, owner: string) => {
  const salt = Buffer.from(systemRandom.bytes(32));
  const wrapping = await passphraseKey(passphrase, salt, SCRYPT_COST);
  const text = seal(wrapping, secret, context(owner)).toString('base64');
  wrapping.fill(0);
  const cost = { ...SCRYPT_COST };
  return { sealing: { method: 'passphrase', kdf: 'scrypt', cost, salt: salt.toString('base64') }, secret: text };
};

const context = (owner: string): string => `nightjar key 1 ${owner}`;

const writeNew = (path: string, mode: number, value: object): void => {
  try {
    const fd = openSync(path, 'wx', mode);
    try {
      writeFully(fd, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw mapFileError(error, path);
    const next = 'Choose another name: a key is never overwritten.';
    throw new NightjarError('input', 'There is a file of this name already.', { where: path, next });
  }
};

const refuseOpenToOthers = (path: string): void => {
  if (process.platform === 'win32' || (statSync(path).mode & 0o077) === 0) return;
  const message = 'The key can be read by other users.';
  throw new NightjarError('input', message, { where: path, next: 'Run chmod 600 on it.' });
};

const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // not JSON is not a key, which the caller says
    const message = errnoOf(error) === 'ENOENT' ? 'There is no such file.' : 'The file cannot be read.';
    throw new NightjarError('input', message, { where: path, next: 'Check its path and permissions.' }, error);
  }
};

const notA = (what: string, where: string, next: string): NightjarError =>
  new NightjarError('input', `The file is no ${what}.`, { where, next });
