import { createCipheriv, createDecipheriv, hkdfSync, scrypt } from 'node:crypto';

import { systemRandom } from '../random/index.ts';

/** Key and nonce sizes of AES-256-GCM (NIST SP 800-38D: 96-bit nonces, 128-bit tags). */
export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

/** scrypt cost (Percival 2009; parameters of the OWASP password storage recommendation): 128 MiB per guess. */
export const SCRYPT_COST = { n: 2 ** 17, r: 8, p: 1 } as const;

export type ScryptCost = { readonly n: number; readonly r: number; readonly p: number };

/** A 32-byte key from a passphrase (Unicode NFKC), off the event loop. */
export const passphraseKey = (passphrase: string, salt: Uint8Array, cost: ScryptCost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N: cost.n, r: cost.r, p: cost.p, maxmem: 256 * cost.n * cost.r };
    scrypt(passphrase.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });

/** HKDF-SHA-256 (RFC 5869): a key of its own for every purpose. */
export const deriveKey = (secret: Uint8Array, salt: Uint8Array | string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, purpose, KEY_BYTES));

/** nonce ‖ ciphertext ‖ tag of `data`, bound to `context`. */
export const seal = (key: Uint8Array, data: Uint8Array, context: string): Buffer => {
  const nonce = systemRandom.bytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(data), cipher.final(), cipher.getAuthTag()]);
};

/** What `seal` sealed; undefined when key, context or a byte differ. */
export const unseal = (key: Uint8Array, sealed: Uint8Array, context: string): Buffer | undefined => {
  const end = sealed.length - TAG_BYTES;
  if (end < NONCE_BYTES) return undefined;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(end));
  const data = decipher.update(sealed.subarray(NONCE_BYTES, end));
  try {
    return Buffer.concat([data, decipher.final()]);
  } catch {
    return undefined; // the only failure of final() is a tag that does not match: the caller says what that means
  }
};
