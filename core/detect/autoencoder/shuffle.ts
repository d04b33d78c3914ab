import type { Random } from '../../random/random.ts';

/** `count` of 0…n−1, all by default, in random order (Fisher & Yates, in Knuth 1969, algorithm P). */
export const shuffled = (n: number, random: Random, count = n): Uint32Array => {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  const taken = Math.min(n, count);
  for (let i = 0; i < taken; i++) {
    const j = i + random.int(n - i);
    const value = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = value;
  }
  return order.subarray(0, taken);
};
