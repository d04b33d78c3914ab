/** Tail ranks of a reference's scores, −log10(1 − mid-rank), at rising scores: enough of them to draw the curve. */
export type TailTable = { readonly scores: Float64Array; readonly tails: Float64Array };

/** Points kept of the top of the reference one by one, and of the rest evenly. */
const TOP_POINTS = 1024;
const OTHER_POINTS = 1024;

/** The table of at least one reference score. */
export const tailTable = (reference: Float64Array): TailTable => {
  const sorted = reference.slice().sort();
  const n = sorted.length;
  const scores: number[] = [];
  const tails: number[] = [];
  const step = Math.max(1, Math.ceil((n - TOP_POINTS) / OTHER_POINTS));
  for (let from = 0; from < n;) {
    let to = from + 1;
    while (to < n && sorted[to] === sorted[from]) to++;
    const passed = Math.floor((to - 1) / step) > Math.floor((from - 1) / step);
    if (passed || to > n - TOP_POINTS) {
      scores.push(sorted[from] ?? 0);
      tails.push(-Math.log10(1 - (from + to) / 2 / n));
    }
    from = to;
  }
  return { scores: Float64Array.from(scores), tails: Float64Array.from(tails) };
};

/**
 * The tail rank of a score, a rising function: straight lines between the table's points, above the
 * highest one more per range of the table, below the lowest falling to 0 within one range.
 */
export const tailOf = ({ scores, tails }: TailTable, score: number): number => {
  const last = scores.length - 1;
  const low = scores[0] ?? 0;
  const high = scores[last] ?? 0;
  const range = high > low ? high - low : 1;
  if (score >= high) return (tails[last] ?? 0) + (score - high) / range;
  if (score < low) return Math.max(0, (tails[0] ?? 0) * (1 - (low - score) / range));
  let from = 0;
  let to = last;
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if ((scores[middle] ?? 0) <= score) from = middle;
    else to = middle;
  }
  const [a, b] = [scores[from] ?? 0, scores[to] ?? 0];
  const [t, u] = [tails[from] ?? 0, tails[to] ?? 0];
  // Rounding must not lift it above the next point.
  return Math.min(u, t + ((u - t) * (score - a)) / (b - a));
};
