import { divideRational, multiplyRational, rational, subtractRational, type Rational } from '../../math/rational.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import { exponentialMechanism } from '../top-k/index.ts';
import { cutPart, SUBCELLS, wholePart, type Part } from './part.ts';
import { rankOptions } from './rank-options.ts';

export type QuantileTask = {
  /** Ascending, strictly between 0 and 1. */
  readonly probabilities: readonly Rational[];
  readonly lowCells: number;
  readonly highCells: number;
  /** Most rows of one actor among the values. */
  readonly rowsPerActor: number;
  /** Of each level: see `quantileLevels`. */
  readonly epsilonPerLevel: Rational;
};

/** Choices one after the other that `count` quantiles take: ⌊log₂ count⌋ + 1. */
export const quantileLevels = (count: number): number => 32 - Math.clz32(count);

/**
 * Quantiles of whole numbers `cells` (any order) within low…high, in cells, ascending: the exponential mechanism over
 * every cell (Smith 2011), called for the middle quantile first and then for the others on the rows at their side of it
 * (Kaplan, Schnapp & Stemmer 2022). The answer is the cell that the chosen cut goes through.
 *
 * Chosen over quantiles of a noised, consistent tree of counts by rank error at equal cost (`test/release/quantiles/
 * measure.ts`: five shapes, ε = 1 and 0.1, ρ = 0.02): on smooth shapes its error is a third or less of the tree's for one and
 * three quantiles, a third less to a third more for nine; for 99 the tree is better, up to 2.4 times. Where 1,000 rows
 * share few values and ε is 0.1, the tree is better from three quantiles on, by far.
 *
 * Privacy map. At one level every row lies in one part. An actor with r_j rows in part j, Σ r_j ≤ rowsPerActor, changes
 * the scores there by at most r_j max(a, b − a) (see `rankOptions`), which with rate = ε / (2 rowsPerActor max(a, b − a)) is
 * a choice of bounded range ε r_j / rowsPerActor. The choices of a level together are ε-bounded-range-composed: pure
 * cost Σ_j ε r_j / rowsPerActor ≤ ε, as zCDP Σ_j (ε r_j / rowsPerActor)² / 8 ≤ ε² / 8. Levels add up, later ones depending
 * on earlier answers (adaptive composition). Removing an actor is the same with roles exchanged.
 */
export const privateQuantiles = (cells: Float64Array, task: QuantileTask, source: NoiseSource): Float64Array => {
  const answer = new Float64Array(task.probabilities.length);
  const below = (part: Part, from: number, to: number, low: Rational, high: Rational): void => {
    if (from >= to) return;
    const middle = (from + to) >> 1;
    const p = task.probabilities[middle] ?? low;
    const target = divideRational(subtractRational(p, low), subtractRational(high, low));
    const at = choosePosition(part, target, task, source);
    answer[middle] = task.lowCells + Math.floor(at / SUBCELLS);
    const [left, right] = cutPart(part, at);
    below(left, from, middle, low, p);
    below(right, middle + 1, to, p, high);
  };
  const whole = wholePart(Float64Array.from(cells).sort(), task.lowCells, task.highCells);
  below(whole, 0, answer.length, rational(0), rational(1));
  return answer;
};

const choosePosition = (part: Part, target: Rational, task: QuantileTask, source: NoiseSource): number => {
  const a = Number(target.numerator);
  const b = Number(target.denominator);
  const { first, size, distance } = rankOptions(part, a, b);
  const perActor = multiplyRational(rational(2 * task.rowsPerActor), rational(Math.max(a, b - a)));
  const chosen = exponentialMechanism(distance, divideRational(task.epsilonPerLevel, perActor), source, size);
  return (first[chosen] ?? 0) + source.below(size[chosen] ?? 1);
};

/**
 * A number of rows that, with probability `level` at least, no rank of a released quantile is off by more than, before
 * rows of equal value are spread (which is exact to 1/512 of them). Data are not needed. By the utility of the exponential
 * mechanism (McSherry & Talwar 2007), one choice among P positions is off by more than ln(P / β) · 2 rowsPerActor / ε rows
 * with probability β at most, and half a row is lost to ranks being whole; β = (1 − level) / quantiles, and errors of the levels
 * add up. It is a safe bound, no
 * estimate: the typical error is several times smaller.
 */
export const rankErrorAtMost = (task: QuantileTask, level: number): number => {
  const quantiles = task.probabilities.length;
  const positions = (task.highCells - task.lowCells + 1) * SUBCELLS;
  const epsilon = Number(task.epsilonPerLevel.numerator) / Number(task.epsilonPerLevel.denominator);
  const perLevel = (Math.log((positions * quantiles) / (1 - level)) * 2 * task.rowsPerActor) / epsilon + 0.5;
  return Math.ceil(perLevel * quantileLevels(quantiles));
};
