import { createPrefixPreserver, formatAddress, parseAddress, truncateAddress } from '../../anonymize/address.ts';
import { createBucketer } from '../../anonymize/bucket.ts';
import { looksLikeIdentifier } from '../../anonymize/identifier-like.ts';
import { deriveKey } from '../../anonymize/keyed-hash.ts';
import { createPseudonymiser } from '../../anonymize/pseudonym.ts';
import { normaliseOutcome } from '../outcome.ts';
import type { TermTransform } from '../plan.ts';
import { decode } from './encoder.ts';
import { onText } from './term.ts';
import type { Transform } from './term-lookup.ts';

/** Ways log writers say that there is no value. */
const MISSING = new Set(['\\N', 'NULL', 'null', '-', '(null)', '<null>']);
const LONGEST_MISSING = 6;

/** The rewriting of one string column under the case key; every new token is reported with its raw value. */
export const createTransform = (
  transform: TermTransform,
  key: Uint8Array,
  onIdentity: (token: Uint8Array, raw: Uint8Array) => void,
): Transform => {
  const pseudonymise = createPseudonymiser(key);
  const token: Transform = (bytes) => {
    const text = isPlainAscii(bytes) ? null : decode(bytes, 0, bytes.length);
    if (text !== null && typeof text !== 'string') return text;
    if (isMissing(bytes)) return null;
    const canonical = canonicalBytes(bytes);
    const pseudonym = pseudonymise(canonical);
    onIdentity(pseudonym, canonical);
    return pseudonym;
  };
  const rewritten = (rewrite: (value: string) => string | null): Transform =>
    onText((value) => (MISSING.has(value) ? null : rewrite(value)));
  const tokenText = (value: string): string => Buffer.from(pseudonymise(canonicalBytes(Buffer.from(value)))).toString();
  switch (transform.to) {
    case 'token':
      return token;
    case 'keep':
      return rewritten((value) => value);
    case 'guarded':
      return rewritten((value) => (looksLikeIdentifier(value) ? tokenText(value) : value));
    case 'network':
      return rewritten((value) => truncateAddress(value) ?? tokenText(value));
    case 'prefix': {
      const preserve = createPrefixPreserver(deriveKey(key, 'crypto-pan'));
      return rewritten((value) => {
        const address = parseAddress(value);
        return address ? formatAddress(preserve(address)) : tokenText(value);
      });
    }
    case 'categories': {
      const known = new Set(transform.values);
      return rewritten((value) => (known.has(value) ? value : 'other'));
    }
    case 'outcome':
      return rewritten(normaliseOutcome);
  }
};

/** The pseudonym an identifier gets wherever it stands: in an event, a label file or a question. */
export const pseudonymOf = (key: Uint8Array): ((identifier: string) => string) => {
  const pseudonymise = createPseudonymiser(key);
  return (identifier) => Buffer.from(pseudonymise(canonicalBytes(Buffer.from(identifier.trim())))).toString();
};

/** The spelling an identifier is hashed under: addresses in canonical form, everything else as it stands. */
const canonicalBytes = (bytes: Uint8Array): Uint8Array => {
  if (!couldBeAddress(bytes)) return bytes;
  const address = parseAddress(Buffer.from(bytes).toString('latin1'));
  return address ? Buffer.from(formatAddress(address)) : bytes;
};

const COLON = 58;

/** Every spelling of an IPv6 address holds a colon; IPv4 has one spelling and needs no canonical form. */
const couldBeAddress = (bytes: Uint8Array): boolean =>
  bytes.length <= 64 &&
  holdsColon(bytes) &&
  /^\[?[0-9a-f:.]+(?:%[\w.-]+)?\]?$/iu.test(Buffer.from(bytes).toString('latin1'));

const holdsColon = (bytes: Uint8Array): boolean => {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === COLON) return true;
  return false;
};

/**
 * The bucket of a value among its actor's, from the actor's bytes, a NUL and the value's: four bytes, the lowest first. No
 * text is asked of the value: what was dropped before was never looked at either.
 */
export const bucketBytes = (key: Uint8Array, column: string): Transform => {
  const bucketOf = createBucketer(key, column);
  return (bytes) => {
    const end = bytes.indexOf(0);
    const value = bytes.subarray(end + 1);
    if (isMissing(value)) return null;
    const pair = Buffer.concat([canonicalBytes(bytes.subarray(0, end)), NUL, canonicalBytes(value)]);
    return new Uint8Array(Uint32Array.of(bucketOf(pair)).buffer);
  };
};

const NUL = new Uint8Array(1);

const isMissing = (bytes: Uint8Array): boolean =>
  bytes.length <= LONGEST_MISSING && MISSING.has(Buffer.from(bytes).toString('latin1'));

const isPlainAscii = (bytes: Uint8Array): boolean => {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0 || bytes[i]! > 127) return false; // hot: i is in range
  return true;
};
