/** What a detector says of each row, and how much it counts. */
export type Weighted = { readonly tailRank: Float64Array; readonly weight: number };

/**
 * The most a detector can say: about one in 300. Beyond it the order within one detector's extreme few would outvote what
 * the others agree on.
 */
const MOST_SAID = 2.5;

/**
 * The detectors of one kind of evidence as one score per row: the root of the weighted mean of their squared tail ranks.
 * Between Fisher's sum (Fisher 1932), which asks all to agree a little, and Tippett's minimum (Tippett 1931), which asks one to be sure;
 * a detector speaks up only where it finds a row extreme, and no detector's unit matters. Between 0 and `MOST_SAID`.
 */
export const combineTailRanks = (parts: readonly Weighted[], rows: number): Float64Array => {
  const score = new Float64Array(rows);
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  if (!(total > 0)) return score;
  for (const { tailRank, weight } of parts) {
    for (let i = 0; i < rows; i++)
      score[i] = (score[i] ?? 0) + (weight / total) * Math.min(MOST_SAID, tailRank[i] ?? 0) ** 2;
  }
  return score.map(Math.sqrt);
};

/**
 * Odd and alike are two kinds of evidence and are never averaged: a row's score is the stronger of the two, −log10 of the
 * smaller probability (Tippett 1931), each counted as one of two tries.
 */
export const combineEvidence = (odd: Float64Array, alike: Float64Array | undefined): Float64Array =>
  alike === undefined ? odd : odd.map((value, i) => Math.max(value, alike[i] ?? 0));
