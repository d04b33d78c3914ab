import { _SHA256, sha256 } from '@noble/hashes/sha2.js';

/** HMAC-SHA-256 of some bytes under one key: 32 bytes, valid until the next call. */
export type KeyedHash = (bytes: Uint8Array) => Uint8Array;

const BLOCK = 64;
/** Bytes of a message that share the last block with its padding: a one bit, and its length in eight bytes. */
const LAST = BLOCK - 9;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;
const DIGEST = 32;

/**
 * HMAC-SHA-256 (RFC 2104) for millions of short messages: the key's two blocks are compressed once and their state is
 * copied per message, which leaves two compressions and no allocation (docs/decisions/0002-pseudonyms.md has the figures).
 */
export const createKeyedHash = (key: Uint8Array): KeyedHash => {
  const block = new Uint8Array(BLOCK);
  const words = new DataView(block.buffer);
  const digest = new Uint8Array(DIGEST);
  const digestWords = new DataView(digest.buffer);
  const state = new Sha256State();
  const afterKey = (pad: number): Sha256State => {
    const short = key.length > BLOCK ? sha256(key) : key;
    block.fill(pad);
    short.forEach((byte, i) => (block[i] = byte ^ pad));
    const padded = new Sha256State();
    padded.compress(words, 0);
    block.fill(0);
    return padded;
  };
  const inner = afterKey(INNER_PAD);
  const outer = afterKey(OUTER_PAD);

  return (bytes) => {
    const { length } = bytes;
    state.copy(inner);
    let at = 0;
    for (; at + BLOCK <= length; at += BLOCK) {
      for (let i = 0; i < BLOCK; i++) block[i] = bytes[at + i]!; // hot: once per byte of every distinct value, here and below
      state.compress(words, 0);
    }
    const rest = length - at;
    for (let i = 0; i < rest; i++) block[i] = bytes[at + i]!;
    finish(state, block, words, rest, BLOCK + length);
    state.write(words);
    state.copy(outer);
    finish(state, block, words, DIGEST, BLOCK + DIGEST);
    state.write(digestWords);
    return digest;
  };
};

/** Pads the last `rest` bytes of a message of `length` bytes (FIPS 180-4 §5.1.1) and compresses them. */
const finish = (state: Sha256State, block: Uint8Array, words: DataView, rest: number, length: number): void => {
  block[rest] = 0x80;
  for (let i = rest + 1; i < BLOCK; i++) block[i] = 0;
  if (rest > LAST) {
    state.compress(words, 0);
    for (let i = 0; i < BLOCK; i++) block[i] = 0;
  }
  words.setUint32(BLOCK - 8, Math.floor(length / 2 ** 29));
  words.setUint32(BLOCK - 4, (length * 8) >>> 0);
  state.compress(words, 0);
};

/** The library's compression function and its eight words, which it offers to its own subclasses only. */
class Sha256State extends _SHA256 {
  copy(from: Sha256State): void {
    this.set(from.A, from.B, from.C, from.D, from.E, from.F, from.G, from.H);
  }
  compress(words: DataView, offset: number): void {
    this.process(words, offset);
  }
  write(words: DataView): void {
    words.setInt32(0, this.A);
    words.setInt32(4, this.B);
    words.setInt32(8, this.C);
    words.setInt32(12, this.D);
    words.setInt32(16, this.E);
    words.setInt32(20, this.F);
    words.setInt32(24, this.G);
    words.setInt32(28, this.H);
  }
}

/** A key for one purpose, from the case key: HMAC(key, purpose). No two purposes share one. */
export const deriveKey = (key: Uint8Array, purpose: string): Uint8Array =>
  createKeyedHash(key)(new TextEncoder().encode(`nightjar/${purpose}`)).slice();
