import type { Random } from '../core/random/index.ts';

/** Draws indices in proportion to weights, in constant time (Walker 1977; table by Vose 1991). */
export type Weighted = (random: Random) => number;

export const weighted = (weights: ArrayLike<number>): Weighted => {
  const n = weights.length;
  let total = 0;
  for (let i = 0; i < n; i++) total += weights[i] ?? 0;
  const chance = Float64Array.from({ length: n }, (_, i) => ((weights[i] ?? 0) * n) / total);
  const other = new Uint32Array(n);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < n; i++) ((chance[i] ?? 0) < 1 ? small : large).push(i);
  for (let low = small.pop(), high = large.pop(); low !== undefined; low = small.pop()) {
    if (high === undefined) {
      chance[low] = 1;
      continue;
    }
    other[low] = high;
    chance[high] = (chance[high] ?? 0) - (1 - (chance[low] ?? 0));
    if ((chance[high] ?? 0) < 1) {
      small.push(high);
      high = large.pop();
    }
  }
  return (random) => {
    const i = random.int(n);
    return random.float() < (chance[i] ?? 1) ? i : (other[i] ?? i);
  };
};
