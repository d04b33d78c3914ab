/**
 * A privacy loss distribution on a grid: with a pair (P, Q) that dominates a mechanism's outputs on any two neighbours,
 * `mass[i]` is P's probability that the loss ln(P/Q) is (lowest + i) · step, and `infinity` that it is infinite
 * (Sommer, Meiser & Mohammadi 2019; Koskela, Jälkö & Honkela 2020; dominating pairs and their adaptive composition:
 * Zhu, Dong & Wang 2022). The mechanism is then (ε, δ)-differentially private with
 *   δ(ε) = infinity + Σ over losses l > ε of mass(l) · (1 − e^(ε − l)).
 *
 * Every operation errs upwards: what is kept is the distribution of a pair that dominates the true one, up to a
 * relative error of the masses. `relativeError` bounds it. All masses are sums and products of positive numbers (there
 * is no FFT), so that rounding is relative to each mass, however small, and adds up to a known bound.
 *
 * One direction suffices: each pair here has the loss distribution of the pair (Q, P) as well (noise that is symmetric
 * about 0, mirrored; randomised response), so that adding an actor costs what removing one does.
 */
export type LossDistribution = {
  /** A power of two, so that losses on the grid are exact. */
  readonly step: number;
  readonly lowest: number;
  readonly mass: Float64Array;
  readonly infinity: number;
  readonly relativeError: number;
};

/** How finely a distribution is kept: at most `points` losses, `tail` of mass dropped at either end of each. */
export type Precision = { readonly points: number; readonly tail: number };

/** Losses with P's mass, before they are put on a grid. */
export type Atoms = { readonly loss: Float64Array; readonly mass: Float64Array; readonly infinity: number };

/** Bounds, relatively, the rounding of one mass (`noise.ts`) and of what splitting it does. */
const ATOM_ERROR = 2 ** -39;

/**
 * Puts atoms on a grid of about `precision.points` / 2 steps. An atom between two grid losses is split over both, so
 * that P's and Q's mass stay what they were: merging the two again gives the old pair, which the new one therefore
 * dominates. This is the "connect the dots" discretisation of Doroshenko et al. 2022, least of all that err upwards.
 */
export const onGrid = ({ loss, mass, infinity }: Atoms, precision: Precision): LossDistribution => {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const l of loss) [least, most] = [Math.min(least, l), Math.max(most, l)];
  const range = Math.max(most - least, 2 ** -200);
  const step = 2 ** Math.ceil(Math.log2((2 * range) / precision.points));
  const lowest = Math.floor(least / step);
  const split = new Float64Array(Math.floor(most / step) - lowest + 2);
  for (let i = 0; i < loss.length; i++) {
    // in bounds by the loop and by the least and greatest loss
    const at = Math.floor(loss[i]! / step);
    const above = loss[i]! - at * step;
    const upper = Math.expm1(-above) / Math.expm1(-step);
    const lower = (Math.exp(-above) * Math.expm1(loss[i]! - (at + 1) * step)) / Math.expm1(-step);
    split[at - lowest + 1]! += mass[i]! * upper;
    split[at - lowest]! += mass[i]! * lower;
  }
  return trimmed({ step, lowest, mass: split, infinity, relativeError: ATOM_ERROR }, precision);
};

/**
 * Drops no more than `tail` at either end and halves the grid until it fits: what is dropped at the top counts as
 * infinite, what is dropped at the bottom is raised to the least loss that stays.
 */
export const trimmed = (d: LossDistribution, { points, tail }: Precision): LossDistribution => {
  const { mass } = d;
  let [from, to] = [0, mass.length - 1];
  let [below, above] = [0, 0];
  // in bounds: from < to
  while (from < to && below + mass[from]! <= tail) below += mass[from++]!;
  while (to > from && above + mass[to]! <= tail) above += mass[to--]!;
  const kept = mass.slice(from, to + 1);
  kept[0]! += below;
  let result: LossDistribution = {
    step: d.step,
    lowest: d.lowest + from,
    mass: kept,
    infinity: d.infinity + above,
    relativeError: d.relativeError + mass.length * 2 ** -52,
  };
  while (result.mass.length > points) result = coarser(result);
  return result;
};

/**
 * The same on a grid of twice the step: odd losses are split as in `onGrid`. Grids that widen with what is composed
 * keep the cost of thousands of runs small (Ghazi et al. 2022).
 */
export const coarser = (d: LossDistribution): LossDistribution => {
  const lowest = Math.floor(d.lowest / 2);
  const highest = Math.ceil((d.lowest + d.mass.length - 1) / 2);
  const mass = new Float64Array(highest - lowest + 1);
  const up = 1 / (1 + Math.exp(-d.step));
  const down = 1 / (1 + Math.exp(d.step));
  for (let i = 0; i < d.mass.length; i++) {
    const at = (d.lowest + i) / 2 - lowest;
    // in bounds: halves of the old losses lie between lowest and highest
    if (Number.isInteger(at)) mass[at]! += d.mass[i]!;
    else {
      mass[Math.floor(at)]! += d.mass[i]! * down;
      mass[Math.ceil(at)]! += d.mass[i]! * up;
    }
  }
  return { ...d, step: d.step * 2, lowest, mass, relativeError: d.relativeError + 2 ** -49 };
};
