/** A fixed scrambling of 32 bits (finaliser of MurmurHash3, Appleby 2011): a bijection. */
export const mix32 = (value: number): number => {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** One number from two: which of `b`'s things of `a`. */
export const mixPair = (a: number, b: number): number => mix32(mix32(a) ^ Math.imul(b + 1, 0x9e3779b1));

/** A scrambling of the lowest `bits` bits onto themselves: multiply by an odd number, fold, multiply. */
export const scramble = (value: number, bits: number): number => {
  const mask = bits === 32 ? 0xffffffff : (1 << bits) - 1;
  const half = bits >>> 1;
  let x = Math.imul(value, 0x9e3779b1) & mask;
  x = (x ^ ((x >>> 0) >>> half)) & mask;
  x = Math.imul(x, 0x85ebca6b) & mask;
  return ((x ^ ((x >>> 0) >>> half)) & mask) >>> 0;
};
