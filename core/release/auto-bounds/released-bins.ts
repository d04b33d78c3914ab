/** A bin of whole numbers from…to, both within it, and its noised count. Released: free to use. */
export type ReleasedBin = { readonly from: number; readonly to: number; readonly count: number };

/**
 * Bins over lowest…highest by powers of two: 0, then 1, 2–3, 4–7, … and the same below 0, cut off at the ends. Ascending.
 * The range is public and may be absurdly wide: bins grow with its logarithm.
 */
export const doublingBins = (lowest: number, highest: number): readonly Omit<ReleasedBin, 'count'>[] => {
  const bins: Omit<ReleasedBin, 'count'>[] = [];
  for (let size = 2 ** Math.floor(Math.log2(Math.max(1, -lowest))); size >= 1; size /= 2) bins.push(negative(size));
  bins.push({ from: 0, to: 0 });
  for (let size = 1; size <= highest; size *= 2) bins.push({ from: size, to: 2 * size - 1 });
  return bins
    .filter(({ from, to }) => to >= lowest && from <= highest)
    .map(({ from, to }) => ({ from: Math.max(from, lowest), to: Math.min(to, highest) }));
};

const negative = (size: number): Omit<ReleasedBin, 'count'> => ({ from: 1 - 2 * size, to: -size });
