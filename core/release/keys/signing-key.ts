import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

import { canonicalText, type JsonValue } from './canonical-json.ts';

/** The raw 32 bytes of an Ed25519 public key, as base64url without padding. */
export type PublicKey = string;

/** An Ed25519 key (RFC 8032) that can sign. */
export type SigningKey = {
  readonly publicKey: PublicKey;
  readonly fingerprint: string;
  /** Signature over `signedText(purpose, value)`, base64url. Deterministic: the same text gives the same signature. */
  sign(purpose: SigningPurpose, value: JsonValue): string;
};

/**
 * What a signature is for, and the version of what it covers: one for a release is none for the ledger, and one of an older
 * form is none of a newer. `ledger 1`: an act and the line it follows; `ledger 2`: the whole line. `release 1`: the body of a
 * release file of version 1, or of a forest; `release 2`: that of a release file of version 2.
 */
export type SigningPurpose = 'ledger 1' | 'ledger 2' | 'release 1' | 'release 2';

/** The text that is signed: what it is for, a line feed, and canonical JSON (RFC 8785). */
export const signedText = (purpose: SigningPurpose, value: JsonValue): string =>
  `nightjar ${purpose}\n${canonicalText(value)}`;

/** A new secret: 32 random bytes of the operating system. */
export const newSecret = (): Buffer => {
  const { d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return Buffer.from(d ?? '', 'base64url');
};

/** The key of a secret (32 bytes, the seed of RFC 8032, section 5.1.5). */
export const signingKeyOf = (secret: Uint8Array): SigningKey => {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, secret]),
    format: 'der',
    type: 'pkcs8',
  });
  const { x: publicKey = '' } = createPublicKey(key).export({ format: 'jwk' });
  return {
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    sign: (purpose, value) => sign(null, Buffer.from(signedText(purpose, value)), key).toString('base64url'),
  };
};

/** SHA-256 of the public key's bytes, in hex: what two people compare by voice. */
export const fingerprintOf = (publicKey: PublicKey): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex');

/** Whether the signature is this key's, over this value, for this purpose. A key or signature that is none gives false. */
export const isSignedBy = (
  publicKey: PublicKey,
  signature: string,
  purpose: SigningPurpose,
  value: JsonValue,
): boolean => {
  const key = publicKeyObject(publicKey);
  const bytes = Buffer.from(signature, 'base64url');
  // Written in the one way there is: the same signature in two spellings would be two files.
  if (key === undefined || bytes.length !== 64 || bytes.toString('base64url') !== signature) return false;
  return verify(null, Buffer.from(signedText(purpose, value)), key, bytes);
};

/** Whether a text is a public key: 32 bytes, written in the one way there is. */
export const isPublicKey = (text: string): boolean => publicKeyObject(text) !== undefined;

const publicKeyObject = (publicKey: PublicKey): KeyObject | undefined => {
  const bytes = Buffer.from(publicKey, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== publicKey) return undefined;
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
};

/** PKCS #8 of an Ed25519 private key up to its 32 bytes (RFC 8410, section 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
