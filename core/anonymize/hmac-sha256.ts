/**
 * HMAC-SHA-256 (RFC 2104, FIPS 180-4) for millions of short messages under one key: the key's two blocks are hashed
 * once, nothing is allocated per message. Tests hold it against the platform's own for every length and many keys;
 * why it is here is in docs/decisions/0002-pseudonyms.md.
 */
export type KeyedHash = {
  /** Hashes `bytes[start..end)`; the digest's eight big-endian words, valid until the next call. */
  hash(bytes: Uint8Array, start: number, end: number): Int32Array;
};

const BLOCK = 64;

// FIPS 180-4, 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
const K = Int32Array.from(firstPrimes(64), (prime) => fraction(Math.cbrt(prime)));
// 5.3.3: those of the square roots of the first 8 primes.
const INITIAL = Int32Array.from(firstPrimes(8), (prime) => fraction(Math.sqrt(prime)));

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
}

/** The hash under a key. Keys over 64 bytes are hashed first, as the standard says. */
export const createKeyedHash = (key: Uint8Array): KeyedHash => {
  const words = new Int32Array(BLOCK);
  const state = new Int32Array(8);
  const tail = new Uint8Array(2 * BLOCK);

  /** Hashes the rest of a message after `before` bytes have gone into `state`, with its padding. */
  const finish = (bytes: Uint8Array, start: number, end: number, before: number): void => {
    let at = start;
    for (; end - at >= BLOCK; at += BLOCK) compress(state, words, bytes, at);
    const rest = end - at;
    tail.fill(0);
    for (let i = 0; i < rest; i++) tail[i] = bytes[at + i]!; // hot: fewer than 64 bytes
    tail[rest] = 0x80;
    const length = rest + 9 <= BLOCK ? BLOCK : 2 * BLOCK;
    const bits = (before + end - start) * 8;
    for (let i = 0; i < 4; i++) tail[length - 1 - i] = (bits >>> (8 * i)) & 255;
    tail[length - 5] = Math.floor(bits / 2 ** 32) & 255;
    for (let block = 0; block < length; block += BLOCK) compress(state, words, tail, block);
  };

  let short = key;
  if (key.length > BLOCK) {
    state.set(INITIAL);
    finish(key, 0, key.length, 0);
    short = bytesOf(state);
  }
  const padded = (byte: number): Int32Array => {
    const block = new Uint8Array(BLOCK).fill(byte);
    short.forEach((b, i) => (block[i] = b ^ byte));
    const keyed = INITIAL.slice();
    compress(keyed, words, block, 0);
    return keyed;
  };
  const inner = padded(0x36);
  const outer = padded(0x5c);
  const digest = new Uint8Array(32);

  return {
    hash: (bytes, start, end) => {
      state.set(inner);
      finish(bytes, start, end, BLOCK);
      for (let i = 0; i < 32; i++) digest[i] = (state[i >> 2]! >>> (24 - 8 * (i & 3))) & 255; // hot: i >> 2 < 8
      state.set(outer);
      finish(digest, 0, 32, BLOCK);
      return state;
    },
  };
};

/** A digest's words as bytes. */
export const bytesOf = (words: Int32Array): Uint8Array =>
  Uint8Array.from({ length: words.length * 4 }, (_, i) => ((words[i >> 2] ?? 0) >>> (24 - 8 * (i & 3))) & 255);

/** One block into the state: FIPS 180-4, 6.2.2. Hot: twice per identifier; all indices are below 64. */
const compress = (state: Int32Array, w: Int32Array, bytes: Uint8Array, at: number): void => {
  for (let i = 0; i < 16; i++) {
    const p = at + 4 * i;
    w[i] = (bytes[p]! << 24) | (bytes[p + 1]! << 16) | (bytes[p + 2]! << 8) | bytes[p + 3]!;
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!;
    const y = w[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (s1 + w[i - 7]! + s0 + w[i - 16]!) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + (g ^ (e & (f ^ g))) + K[i]! + w[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = (state[0]! + a) | 0;
  state[1] = (state[1]! + b) | 0;
  state[2] = (state[2]! + c) | 0;
  state[3] = (state[3]! + d) | 0;
  state[4] = (state[4]! + e) | 0;
  state[5] = (state[5]! + f) | 0;
  state[6] = (state[6]! + g) | 0;
  state[7] = (state[7]! + h) | 0;
};
