/**
 * Seeded randomness for models and samples: the same seed gives the same numbers on every machine.
 * It cannot be passed where `SecureRandom` is asked for, and must never make privacy noise.
 */
export type Random = {
  readonly kind: 'seeded';
  /** Uniform 32-bit unsigned integer. */
  uint32(): number;
  /** Uniform in [0, 1) with 53 bits. */
  float(): number;
  /** Uniform integer in [0, n), n ≤ 2^32, without modulo bias (Lemire 2019). */
  int(n: number): number;
  /** Standard normal (polar method, Marsaglia & Bray 1964). */
  normal(): number;
  /** An independent stream named by `label`: forks with the same label from the same seed are equal. */
  fork(label: string | number): Random;
};

const splitMix = (state: number): (() => number) => {
  let x = state >>> 0;
  return () => {
    x = (x + 0x9e3779b9) >>> 0;
    let z = x;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
};

const hashLabel = (seed: number, label: string | number): number => {
  let h = (seed ^ 0x811c9dc5) >>> 0;
  const text = typeof label === 'number' ? `#${label}` : label;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return splitMix(h)();
};

/** xoshiro128** 1.1 (Blackman & Vigna 2021), seeded through a 32-bit split-mix; period 2^128 − 1. */
export const seededRandom = (seed: number): Random => {
  const root = (Math.trunc(seed) ^ Math.floor(seed / 2 ** 32)) >>> 0;
  const mix = splitMix(root);
  let a = mix();
  let b = mix();
  let c = mix();
  let d = mix() | 1;
  let spare: number | undefined;

  const uint32 = (): number => {
    const b5 = Math.imul(b, 5);
    const result = Math.imul((b5 << 7) | (b5 >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const float = (): number => (uint32() * 2 ** 21 + (uint32() >>> 11)) * 2 ** -53;
  const int = (n: number): number => {
    for (;;) {
      const x = uint32();
      const high = Math.floor((x * n) / 2 ** 32);
      const low = Math.imul(x, n) >>> 0;
      // The remainder is below n: most of the time it need not be known.
      if (low >= n || low >= (2 ** 32 - n) % n) return Math.min(high, n - 1);
    }
  };
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * float() - 1;
      const v = 2 * float() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * scale;
        return u * scale;
      }
    }
  };
  return { kind: 'seeded', uint32, float, int, normal, fork: (label) => seededRandom(hashLabel(root, label)) };
};
