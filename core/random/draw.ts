import type { Random } from './random.ts';

/**
 * Draws `size` different rows of `rows`, every subset equally likely (Floyd, in Bentley 1987). The array it returns is
 * filled anew by the next draw.
 */
export const makeRowSampler = (rows: number, size: number): ((random: Random) => Uint32Array) => {
  const picked = new Uint32Array(size);
  // Rows taken so far, plus one, by open addressing: at most a quarter full. An array over all rows would leave the cache.
  const mask = 2 ** Math.ceil(Math.log2(4 * size)) - 1;
  const taken = new Uint32Array(mask + 1);
  /** Whether it was not taken yet; it is afterwards. */
  const take = (row: number): boolean => {
    let at = Math.imul(row, 0x9e3779b1) & mask;
    for (; taken[at] !== 0; at = (at + 1) & mask) if (taken[at] === row + 1) return false;
    taken[at] = row + 1;
    return true;
  };
  return (random) => {
    taken.fill(0);
    for (let k = 0; k < size; k++) {
      const last = rows - size + k;
      const candidate = random.int(last + 1);
      const row = take(candidate) ? candidate : last;
      if (row !== candidate) take(last);
      picked[k] = row;
    }
    return picked;
  };
};

/** All of 0…rows − 1, or `most` different ones, every subset equally likely (see `makeRowSampler`), in ascending order. */
export const drawRows = (rows: number, most: number, random: Random): Uint32Array =>
  rows <= most ? Uint32Array.from({ length: rows }, (_, i) => i) : makeRowSampler(rows, most)(random).sort();

/** The numbers in random order (Fisher & Yates, in Knuth 1969, algorithm P). */
export const shuffled = (numbers: Uint32Array, random: Random): Uint32Array => {
  const order = numbers.slice();
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
  return order;
};

/** `count` of 0…n − 1, all by default, in the order they are drawn: the same shuffle from the front, stopped early. */
export const drawInOrder = (n: number, random: Random, count = n): Uint32Array => {
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
