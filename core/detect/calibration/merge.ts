/**
 * One p-value out of two kinds of evidence: twice the smaller, at most 1 (Bonferroni). Valid whatever their
 * dependence. A missing one counts as no evidence, 1; where both are missing, so is the result.
 */
export const mergeByMinimum = (odd: Float64Array, alike: Float64Array): Float64Array =>
  odd.map((p, i) => {
    const other = alike[i] ?? Number.NaN;
    if (Number.isNaN(p) && Number.isNaN(other)) return Number.NaN;
    return Math.min(1, 2 * Math.min(Number.isNaN(p) ? 1 : p, Number.isNaN(other) ? 1 : other));
  });
