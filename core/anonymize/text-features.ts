import { createKeyedHash, deriveKey } from './keyed-hash.ts';

/** What is kept of a free text. Nothing here lets the text be read back. */
export type TextFeatures = {
  /** Unicode code points. */
  readonly length: number;
  readonly links: number;
  /** Share of code points that are digits, 0–1. */
  readonly digits: number;
  /** Share of letters that are capitals, 0–1; NaN without letters. */
  readonly upper: number;
  /** Shannon entropy of the code points, bits. */
  readonly entropy: number;
  /** 16 minima of 4 bits each, low and high 32-bit half. */
  readonly signatureLow: number;
  readonly signatureHigh: number;
  /** Keyed hash of the text without its case, digits and spacing, low and high 32-bit half: equal texts, equal digests. */
  readonly digestLow: number;
  readonly digestHigh: number;
};

const LINK = /\b(?:https?:\/\/|www\.)\S/giu;
const ASCII = 128;
const PERMUTATIONS = 16;
/** Characters per shingle: 5 suits short messages (Leskovec, Rajaraman & Ullman 2020, §3.2.2). */
const SHINGLE = 5;

/**
 * Features of a text under a key: sizes, shares, entropy, a keyed hash (HMAC-SHA-256) and a keyed MinHash signature (Broder 1997) of its
 * 5-character shingles, kept as 4 bits per permutation (b-bit minwise hashing, Li & König 2010).
 * Signatures of near-duplicates agree in most nibbles; without the key nobody can test a guess against one.
 */
export const createTextFeatures = (key: Uint8Array): ((text: string) => TextFeatures) => {
  const seeds = permutationSeeds(key);
  const hash = createKeyedHash(deriveKey(key, 'text-digest'));
  const utf8 = new TextEncoder();
  const minima = new Uint32Array(PERMUTATIONS);
  const counts = new Float64Array(ASCII);
  const seen = new Uint8Array(ASCII);
  return (text) => {
    const others = new Map<string, number>();
    let distinct = 0;
    let length = 0;
    let digits = 0;
    let letters = 0;
    let capitals = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      length++;
      if (code < ASCII) {
        if (counts[code]!++ === 0) seen[distinct++] = code; // hot: once per character of every text; code < 128
        if (code >= 48 && code <= 57) digits++;
        else if (code >= 65 && code <= 90) {
          letters++;
          capitals++;
        } else if (code >= 97 && code <= 122) letters++;
        continue;
      }
      const character = String.fromCodePoint(text.codePointAt(i) ?? 0);
      i += character.length - 1;
      others.set(character, (others.get(character) ?? 0) + 1);
      const upper = character.toUpperCase();
      if (character.toLowerCase() !== upper) {
        letters++;
        if (character === upper) capitals++;
      }
    }
    let entropy = 0;
    for (let k = 0; k < distinct; k++) {
      entropy -= information(counts[seen[k]!]!, length);
      counts[seen[k]!] = 0;
    }
    for (const count of others.values()) entropy -= information(count, length);
    const normal = text.toLowerCase().replace(/\d+/gu, '0').replace(/\s+/gu, ' ').trim();
    sign(normal, seeds, minima);
    const digest = new DataView(hash(utf8.encode(normal)).buffer);
    return {
      length,
      links: countLinks(text),
      digits: length === 0 ? 0 : digits / length,
      upper: letters === 0 ? Number.NaN : capitals / letters,
      entropy: Math.max(0, entropy),
      signatureLow: packNibbles(minima, 0),
      signatureHigh: packNibbles(minima, 8),
      digestLow: digest.getUint32(0),
      digestHigh: digest.getUint32(4),
    };
  };
};

const information = (count: number, length: number): number => (count / length) * Math.log2(count / length);

/** Most texts hold neither of the two things every link begins with. */
const countLinks = (text: string): number =>
  text.includes('://') || /w\./iu.test(text) ? (text.match(LINK)?.length ?? 0) : 0;

const permutationSeeds = (key: Uint8Array): Uint32Array => {
  const seeds = new Uint32Array(PERMUTATIONS * 2);
  for (let i = 0; i < PERMUTATIONS; i++) {
    const view = new DataView(deriveKey(key, `minhash/${i}`).buffer);
    seeds[2 * i] = view.getUint32(0) | 1;
    seeds[2 * i + 1] = view.getUint32(4);
  }
  return seeds;
};

const sign = (normal: string, seeds: Uint32Array, minima: Uint32Array): void => {
  minima.fill(0xffffffff);
  const last = Math.max(1, normal.length - SHINGLE + 1);
  for (let start = 0; start < last; start++) {
    let hash = seeds[1]!; // hot: one shingle × 16 permutations; indices are within the 32 seeds
    for (let i = start; i < start + SHINGLE && i < normal.length; i++) {
      hash = Math.imul(hash ^ normal.charCodeAt(i), 0x01000193);
    }
    for (let p = 0; p < PERMUTATIONS; p++) {
      let x = Math.imul(hash ^ seeds[2 * p + 1]!, seeds[2 * p]!);
      x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
      x = (x ^ (x >>> 13)) >>> 0;
      if (x < minima[p]!) minima[p] = x;
    }
  }
};

const packNibbles = (minima: Uint32Array, from: number): number => {
  let packed = 0;
  for (let i = 0; i < 8; i++) packed |= ((minima[from + i] ?? 0) & 15) << (4 * i);
  return packed >>> 0;
};
