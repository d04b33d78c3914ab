/** Row numbers in ascending order of value; equal values keep their order. Values must not be NaN. */
export const ascendingOrder = (values: ArrayLike<number>): Uint32Array => {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i);
  return order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
};

/** Ranks 1…n ascending; equal values share the mean of their ranks. Values must not be NaN. */
export const midRanks = (values: ArrayLike<number>): Float64Array => {
  const order = ascendingOrder(values);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    const value = values[order[from] ?? 0];
    let to = from + 1;
    while (to < order.length && values[order[to] ?? 0] === value) to++;
    for (let k = from; k < to; k++) ranks[order[k] ?? 0] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
};

/** How many of the ascending values are below `value`, and how many equal it. */
export const placeAmong = (
  sorted: ArrayLike<number>,
  value: number,
): { readonly below: number; readonly equal: number } => {
  const below = countUntil(sorted, value, 0, false);
  return { below, equal: countUntil(sorted, value, below, true) - below };
};

/** How many of the ascending values come before the first one from `from` on that is above `value`, or no less than it. */
const countUntil = (sorted: ArrayLike<number>, value: number, from: number, above: boolean): number => {
  let low = from;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const each = sorted[middle] ?? Number.NaN;
    if (above ? each > value : each >= value) high = middle;
    else low = middle + 1;
  }
  return low;
};
