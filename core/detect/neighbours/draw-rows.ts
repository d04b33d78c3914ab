import type { Random } from '../../random/random.ts';

/** All row numbers, or `most` different ones, every subset equally likely, in ascending order (Floyd, in Bentley 1987). */
export const drawRows = (rows: number, most: number, random: Random): Uint32Array => {
  if (rows <= most) return Uint32Array.from({ length: rows }, (_, i) => i);
  const picked = new Set<number>();
  for (let last = rows - most; last < rows; last++) {
    const candidate = random.int(last + 1);
    picked.add(picked.has(candidate) ? last : candidate);
  }
  return Uint32Array.from(picked).sort();
};

/** The numbers in random order (Fisher & Yates, in Knuth 1969). */
export const shuffled = (numbers: Uint32Array, random: Random): Uint32Array => {
  const order = Uint32Array.from(numbers);
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
  return order;
};
