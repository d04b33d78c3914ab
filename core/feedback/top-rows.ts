/** The rows of the so many highest values, highest first, equal ones by row; cheaper than sorting all of them. */
export const topRows = (values: Float64Array, count: number): Uint32Array => {
  if (count === 0) return new Uint32Array(0);
  const byValue = (a: number, b: number): number => (values[b] ?? 0) - (values[a] ?? 0) || a - b;
  let kept: number[] = [];
  let limit = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? 0;
    // Of rows with equal values the first is kept, and these come in their order.
    if (value <= limit) continue;
    kept.push(row);
    if (kept.length < 2 * count) continue;
    kept = kept.sort(byValue).slice(0, count);
    limit = values[kept[count - 1] ?? 0] ?? 0;
  }
  return Uint32Array.from(kept.sort(byValue).slice(0, count));
};
