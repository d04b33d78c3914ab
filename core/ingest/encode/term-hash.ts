// Murmur3's steps (Appleby 2011), simplified, over little-endian words. Which function it is never shows in a result.

/** The hash of some bytes. `view` is of the same buffer. */
export const hashBytes = (view: DataView, bytes: Uint8Array, start: number, length: number, seed: number): number => {
  let hash = seed ^ length;
  const whole = start + (length & ~3);
  for (let at = start; at < whole; at += 4) hash = mix(hash, view.getInt32(at, true)); // hot: once per field
  if ((length & 3) !== 0) hash = mix(hash, lastWord(bytes, whole, length & 3));
  return finish(hash);
};

/** The same of bytes that lie in words. */
export const hashWords = (words: Int32Array, first: number, length: number, seed: number): number => {
  let hash = seed ^ length;
  const end = first + ((length + 3) >> 2);
  for (let at = first; at < end; at++) hash = mix(hash, words[at]!); // hot: once per entry
  return finish(hash);
};

/** One to three bytes as a little-endian word. */
export const lastWord = (bytes: Uint8Array, at: number, count: number): number =>
  bytes[at]! | (count > 1 ? bytes[at + 1]! << 8 : 0) | (count > 2 ? bytes[at + 2]! << 16 : 0); // hot: within a span

const mix = (hash: number, word: number): number => {
  const scrambled = Math.imul(word, 0xcc9e2d51 | 0);
  const mixed = Math.imul(hash ^ scrambled ^ (scrambled >>> 15), 0x1b873593);
  return mixed ^ (mixed >>> 13);
};

const finish = (hash: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b | 0);
  return mixed ^ (mixed >>> 13);
};
