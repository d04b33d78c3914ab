import { placeAmong } from '../math/ranks.ts';

/**
 * Tail ranks as a continuous, increasing function of a detector's score: at every peer's score its tail rank
 * −log10(1 − mid-rank), between two of them a straight line, so that a changed row that passes no peer still moves.
 * Below the lowest peer it falls to 0 at one range of the peers further down. Above the highest it goes on rising, by half
 * a decade within one range and never by more than one: how much rarer a score is than all that were seen, nobody knows.
 */
export const tailCurve = (peerScores: ArrayLike<number>): ((score: number) => number) => {
  const sorted = Float64Array.from(peerScores).sort();
  const n = sorted.length;
  const low = sorted[0] ?? 0;
  const high = sorted[n - 1] ?? 0;
  const range = high > low ? high - low : 1;
  const tailAt = (score: number): number => {
    const { below, equal } = placeAmong(sorted, score);
    return -Math.log10(1 - (below + equal / 2) / n);
  };
  const lowest = n === 0 ? 0 : tailAt(low);
  const highest = n === 0 ? 0 : tailAt(high);
  return (score) => {
    if (score >= high) return highest + beyond((score - high) / range);
    if (score < low) return Math.max(0, lowest * (1 - (low - score) / range));
    const { below, equal } = placeAmong(sorted, score);
    if (equal > 0) return tailAt(score);
    const from = sorted[below - 1] ?? low;
    const to = sorted[below] ?? high;
    // Rounding alone would lift a score just below a peer above that peer.
    return Math.min(tailAt(to), tailAt(from) + ((tailAt(to) - tailAt(from)) * (score - from)) / (to - from));
  };
};

const beyond = (ranges: number): number => 1 - 1 / (1 + ranges);
