import { createHmac } from 'node:crypto';

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
};

const LINK = /\b(?:https?:\/\/|www\.)\S/giu;
const PERMUTATIONS = 16;
/** Characters per shingle: 5 suits short messages (Leskovec, Rajaraman & Ullman 2020, §3.2.2). */
const SHINGLE = 5;

/**
 * Features of a text under a key: sizes, shares, entropy and a keyed MinHash signature (Broder 1997) of its
 * 5-character shingles, kept as 4 bits per permutation (b-bit minwise hashing, Li & König 2010).
 * Signatures of near-duplicates agree in most nibbles; without the key nobody can test a guess against one.
 */
export const createTextFeatures = (key: Uint8Array): ((text: string) => TextFeatures) => {
  const seeds = permutationSeeds(key);
  const minima = new Uint32Array(PERMUTATIONS);
  return (text) => {
    const counts = new Map<string, number>();
    let length = 0;
    let digits = 0;
    let letters = 0;
    let capitals = 0;
    for (const character of text) {
      length++;
      counts.set(character, (counts.get(character) ?? 0) + 1);
      if (character >= '0' && character <= '9') digits++;
      const lower = character.toLowerCase();
      const upper = character.toUpperCase();
      if (lower !== upper) {
        letters++;
        if (character === upper) capitals++;
      }
    }
    let entropy = 0;
    for (const count of counts.values()) entropy -= (count / length) * Math.log2(count / length);
    sign(text, seeds, minima);
    return {
      length,
      links: text.match(LINK)?.length ?? 0,
      digits: length === 0 ? 0 : digits / length,
      upper: letters === 0 ? Number.NaN : capitals / letters,
      entropy: Math.max(0, entropy),
      signatureLow: packNibbles(minima, 0),
      signatureHigh: packNibbles(minima, 8),
    };
  };
};

const permutationSeeds = (key: Uint8Array): Uint32Array => {
  const seeds = new Uint32Array(PERMUTATIONS * 2);
  for (let i = 0; i < PERMUTATIONS; i++) {
    const digest = createHmac('sha256', key).update(`nightjar/minhash/${i}`).digest();
    seeds[2 * i] = digest.readUInt32LE(0) | 1;
    seeds[2 * i + 1] = digest.readUInt32LE(4);
  }
  return seeds;
};

const sign = (text: string, seeds: Uint32Array, minima: Uint32Array): void => {
  const normal = text.toLowerCase().replace(/\d+/gu, '0').replace(/\s+/gu, ' ').trim();
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
