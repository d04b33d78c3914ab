import { NightjarError } from '../../api/errors.ts';
import { makePace, type Watch } from '../../api/progress.ts';
import type { PrivacyLoss } from '../accounting/index.ts';
import { rateAbove, rateBelow } from './clopper-pearson.ts';
import { lossLowerBound, type Rates } from './lower-bound.ts';
import { FORM, halfOf, tableOfRuns } from './run-table.ts';
import { scoresFrom, type Score } from './scores.ts';

/** A threshold on the score, how often it is reached, and the lower bound that follows: for this point by itself. */
export type CurvePoint = {
  readonly threshold: number;
  readonly withActor: number;
  readonly without: number;
  readonly lowerBound: number;
};

/** How well the runs on two data sets could be told apart. */
export type ToldApart = {
  /** Lower bound of ε at the claimed δ, or of ρ: above the true loss with probability `alpha` at most. */
  readonly lowerBound: number;
  /** The event the bound is about: that this score reaches the threshold. */
  readonly score: string;
  readonly threshold: number;
  /** Held-out runs in which the event was seen, with the actor and without, out of `runs` each. */
  readonly withActor: number;
  readonly without: number;
  readonly runs: number;
  readonly curve: readonly CurvePoint[];
};

/**
 * A lower bound of the privacy loss from released texts of two neighbouring data sets, as many of each. One half of the runs
 * chooses an event, among thresholds on many scores; the other half says how often it is seen on either side, with
 * Clopper–Pearson bounds at alpha / 2 each (Jagielski, Ullman & Oprea 2020; events as thresholds: Nasr et al. 2021). As the
 * second half had no say in the choice, the bound holds whatever the choice was. Throws `cancelled`.
 */
export const tellApart = async (
  without: readonly string[],
  withActor: readonly string[],
  claimed: PrivacyLoss,
  alpha: number,
  watch: Watch = {},
): Promise<ToldApart> => {
  const pace = makePace(watch);
  const [left, right] = [await tableOfRuns(without, watch), await tableOfRuns(withActor, watch)];
  const [chooseLeft, chooseRight] = [halfOf(left, 0), halfOf(right, 0)];
  const [judgeLeft, judgeRight] = [halfOf(left, 1), halfOf(right, 1)];
  let best: Choice | undefined;
  for (const score of scoresFrom(chooseLeft, chooseRight)) {
    await pace();
    const [a, b] = [ordered(score.of(chooseLeft)), ordered(score.of(chooseRight))];
    for (const threshold of thresholdsOf(a, b)) {
      for (const oftener of ['with', 'without'] as const) {
        const worth = lossLowerBound(ratesAt(a, b, { threshold, oftener }, roughly), claimed);
        if (best === undefined || worth > best.worth) best = { score, threshold, oftener, worth };
      }
    }
  }
  if (best === undefined) throw new NightjarError('internal', 'Released texts have nothing to tell them apart by.');
  const { score, oftener } = best;
  const [a, b] = [ordered(score.of(judgeLeft)), ordered(score.of(judgeRight))];
  const at = (threshold: number): CurvePoint => ({
    threshold,
    withActor: reaching(b, threshold) / b.runs,
    without: reaching(a, threshold) / a.runs,
    lowerBound: lossLowerBound(
      ratesAt(a, b, { threshold, oftener }, (hits, runs, side) =>
        side < 0 ? rateAbove(hits, runs, alpha / 2) : rateBelow(hits, runs, alpha / 2),
      ),
      claimed,
    ),
  });
  return {
    lowerBound: at(best.threshold).lowerBound,
    score: score.name.startsWith(FORM) ? 'the words around the numbers' : score.name,
    threshold: best.threshold,
    withActor: reaching(b, best.threshold),
    without: reaching(a, best.threshold),
    runs: b.runs,
    curve: thresholdsOf(a, b).map(at),
  };
};

type Side = 'with' | 'without';
type Choice = {
  readonly score: Score;
  readonly threshold: number;
  /** On which side the event was the more frequent one. */
  readonly oftener: Side;
  readonly worth: number;
};

/** How often the score reaches the threshold: at least on the one side, at most on the other. */
const ratesAt = (
  a: Ordered,
  b: Ordered,
  { threshold, oftener }: Pick<Choice, 'threshold' | 'oftener'>,
  bound: (hits: number, runs: number, side: 1 | -1) => number,
): Rates => {
  const [often, rarely] = oftener === 'with' ? [b, a] : [a, b];
  return {
    often: bound(reaching(often, threshold), often.runs, -1),
    rarely: bound(reaching(rarely, threshold), rarely.runs, 1),
  };
};

/** Values that are there, ascending, and how many runs there were. */
type Ordered = { readonly values: Float64Array; readonly runs: number };

const ordered = (scores: Float64Array): Ordered => ({
  values: scores.filter((x) => !Number.isNaN(x)).sort(),
  runs: scores.length,
});

/** Runs whose score is there and at least the threshold. */
const reaching = ({ values }: Ordered, threshold: number): number => {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < threshold) low = middle + 1;
    else high = middle;
  }
  return values.length - low;
};

const MOST_THRESHOLDS = 60;

/** All values that occur, or as many spread over the runs. */
const thresholdsOf = (a: Ordered, b: Ordered): readonly number[] => {
  const all = Float64Array.from([...a.values, ...b.values]).sort();
  const different = all.filter((x, i) => i === 0 || x !== all[i - 1]);
  if (different.length <= MOST_THRESHOLDS) return [...different];
  const spread = Array.from(
    { length: MOST_THRESHOLDS },
    (_, i) => all[Math.floor((i * (all.length - 1)) / (MOST_THRESHOLDS - 1))] ?? 0,
  );
  return [...new Set(spread)];
};

/** A rate moved by about two deviations (Wilson 1927), to choose by: quick, and wary of rare events. */
const roughly = (hits: number, runs: number, direction: 1 | -1): number => {
  const z = 2.5;
  const p = hits / runs;
  const spread = z * Math.sqrt((p * (1 - p)) / runs + (z / (2 * runs)) ** 2);
  return Math.min(1, Math.max(0, (p + (z * z) / (2 * runs) + direction * spread) / (1 + (z * z) / runs)));
};
