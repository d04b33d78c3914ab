import { placeAmong, quantileOfSorted } from '../../math/index.ts';

export type TailBound = {
  /** One per score: an upper bound on the chance that an ordinary actor scores as high; NaN for a NaN score. */
  readonly pValue: Float64Array;
  /** Whether the bulk supports going beyond itself; otherwise the p-values are ranks, of which no cut is certain. */
  readonly identifiable: boolean;
  /** Why not; empty when identifiable. */
  readonly why: string;
};

/**
 * Quantiles of the pool between which a slope is read; abusers fill the upper ones first, so the lower ones
 * stand by.
 */
const WINDOWS = [
  [0.5, 0.7],
  [0.6, 0.8],
  [0.75, 0.9],
] as const;
/** The slope must have grown from the first to the second stretch: below the windows' tops, and 50 % of the pool. */
const EARLIER = [0.25, 0.5] as const;
const LATER = [0.5, 0.7] as const;
/** Growth in standard errors below which nothing is claimed. */
const REQUIRED_GROWTH = 1;
/** Fewer actors in a window leave its slope too uncertain: pools of 150 and more. */
const LEAST_IN_WINDOW = 30;
/** Normal quantile of 1 − 0.05/3: all three slopes hold at once 95 % of the time (Bonferroni). */
const Z_SLOPE = 2.128;

/**
 * p-values from an unlabelled pool that may hold abusers: the tail of ordinary actors is bounded by an
 * exponential with the slope found in the pool's own bulk. Where the hazard of a distribution never falls, its
 * survival beyond b is at most S(b) · exp(−h · (x − b)) with any h read below b (Barlow & Proschan 1975);
 * abusers among the bulk flatten the slope and so only raise the p-values. It holds for scores of which
 * ordinary actors have a tail no heavier than exponential, as bounded forest scores; not for distances. Whether
 * the hazard rises through the bulk is tested; where it does not, or where ties or too few actors leave no
 * slope, nothing is claimed. Abusers are taken to score no lower than ordinary actors do. O(n log n).
 */
export const boundTail = (scores: Float64Array): TailBound => {
  const ordered = scores.filter((score) => !Number.isNaN(score)).sort();
  const rank = ranksAsPValues(scores, ordered);
  const sorted = finitePart(ordered);
  const windows = WINDOWS.map(([from, to]) => slopeBetween(sorted, from, to));
  const earlier = slopeBetween(sorted, ...EARLIER);
  const later = slopeBetween(sorted, ...LATER);
  const why = reasonAgainst(sorted.length, windows, earlier, later);
  if (why !== '') return { pValue: rank, identifiable: false, why };
  const pValue = rank.map((p, i) => {
    const score = scores[i] ?? Number.NaN;
    // Infinite scores stay where the pool puts them: there is no distance to extrapolate over.
    if (!Number.isFinite(score)) return p;
    let least = p;
    for (const window of windows) {
      if (window === undefined || score <= window.end) continue;
      const slope = window.slope * Math.max(0, 1 - Z_SLOPE / Math.sqrt(window.count));
      least = Math.min(least, window.survival * Math.exp(-slope * (score - window.end)));
    }
    return least;
  });
  return { pValue, identifiable: true, why };
};

/** Share of the pool at or above, itself included: an upper bound while abusers score no lower than others. */
const ranksAsPValues = (scores: Float64Array, sorted: Float64Array): Float64Array =>
  scores.map((score) =>
    Number.isNaN(score) ? Number.NaN : (sorted.length - placeAmong(sorted, score).below) / sorted.length,
  );

const finitePart = (sorted: Float64Array): Float64Array =>
  sorted.subarray(atOrBelow(sorted, Number.NEGATIVE_INFINITY), placeAmong(sorted, Number.POSITIVE_INFINITY).below);

type Slope = {
  /** Mean hazard in the window, per unit of score. */
  readonly slope: number;
  readonly count: number;
  readonly end: number;
  /** Share of the pool above `end`. */
  readonly survival: number;
};

const slopeBetween = (sorted: Float64Array, from: number, to: number): Slope | undefined => {
  const start = quantileOfSorted(sorted, from);
  const end = quantileOfSorted(sorted, to);
  const n = sorted.length;
  const aboveStart = n - atOrBelow(sorted, start);
  const aboveEnd = n - atOrBelow(sorted, end);
  if (!(end > start) || aboveEnd === 0 || aboveStart - aboveEnd < LEAST_IN_WINDOW) return undefined;
  const slope = Math.log(aboveStart / aboveEnd) / (end - start);
  return { slope, count: aboveStart - aboveEnd, end, survival: aboveEnd / n };
};

const atOrBelow = (sorted: Float64Array, value: number): number => {
  const { below, equal } = placeAmong(sorted, value);
  return below + equal;
};

const reasonAgainst = (
  n: number,
  windows: readonly (Slope | undefined)[],
  earlier: Slope | undefined,
  later: Slope | undefined,
): string => {
  if (windows.every((window) => window === undefined) || earlier === undefined || later === undefined) {
    return `the ${n} scores are too few or too often equal to show how fast ordinary ones thin out`;
  }
  const deviation = Math.sqrt(1 / earlier.count + 1 / later.count);
  return Math.log(later.slope / earlier.slope) < REQUIRED_GROWTH * deviation
    ? 'the scores of ordinary actors do not thin out fast enough to tell their tail from abuse'
    : '';
};
