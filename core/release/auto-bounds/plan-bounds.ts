import { NightjarError } from '../../api/errors.ts';
import { divideRational, rational, type Rational } from '../../math/rational.ts';
import { upperTail, type LossEvent, type Noise } from '../accounting/index.ts';
import { smallestWhole } from '../accounting/tails.ts';
import { doublingBins, type ReleasedBin } from './released-bins.ts';

export type BoundsTask = {
  /** Bounds of a value in cells of its grid, or of the number of rows (or groups) of an actor. */
  readonly of: 'value' | 'contribution';
  /** Public range that numbers can be in at all; it may be much too wide. Numbers outside count as its ends. */
  readonly lowest: number;
  readonly highest: number;
  /** Most numbers that one actor gives; 1 for a contribution, whose number is one per actor. */
  readonly perActor: number;
  readonly epsilon: Rational;
  /** How many numbers may be left beyond a bound for it to be lowered: see `beyondAllowed`. */
  readonly beyond: number;
};

export type BoundsPlan = {
  readonly task: BoundsTask;
  readonly bins: readonly Omit<ReleasedBin, 'count'>[];
  readonly noise: Noise;
  readonly events: readonly LossEvent[];
  /** A bin stands out with a noised count from here up; any empty one does with probability 0.001 at most. */
  readonly threshold: number;
};

/** That any empty bin passes for filled: small, but not so small that rare true values are lost. */
const FALSE_BIN = 0.001;

/**
 * A noised histogram over doubling bins that finds bounds (the idea of Wilson et al. 2020, approximate bounds); no data.
 *
 * Privacy map. An actor has at most `perActor` numbers, each in one bin, whatever it is: the vector of counts moves by at
 * most perActor in L1, and discrete Laplace noise of scale perActor / ε makes it ε-differentially private. Bounds are made of
 * the noised counts alone (post-processing). The cost is an event like any other, spent also where nothing is found.
 * Throws `usage` where the range or a bound is none.
 */
export const planBounds = (task: BoundsTask): BoundsPlan => {
  requireTask(task);
  const bins = doublingBins(task.lowest, task.highest);
  const scale = divideRational(rational(task.perActor), task.epsilon);
  const noise: Noise = { kind: 'discrete-laplace', scale };
  const event: LossEvent =
    task.perActor === 1
      ? { kind: 'discrete-laplace', coordinates: 1, sensitivity: rational(1), scale }
      : { kind: 'pure', epsilon: task.epsilon };
  const threshold = smallestWhole(1, (t) => bins.length * upperTail(noise, t) <= FALSE_BIN);
  return { task, bins, noise, events: [event], threshold };
};

/**
 * How many numbers should lie beyond the bound of a query to come, where its noise has scale (bound · perUnit / ε) on each
 * of `groups` groups: raising the bound by one step saves one for each number beyond it and costs groups · perUnit / ε of
 * expected noise, so that the best bound has about groups · perUnit / ε beyond it. Amin, Kulesza, Muñoz & Vassilvitskii
 * 2019 derive the same rule for one sum. perUnit: what a step of this bound adds to the L1 sensitivity, such as
 * groupsPerActor for rows per group.
 */
export const beyondAllowed = (query: { epsilon: number; groups: number; perUnit: number }): number =>
  Math.ceil((query.groups * query.perUnit) / query.epsilon);

const requireTask = ({ of, lowest, highest, perActor, epsilon, beyond }: BoundsTask): void => {
  const isRange =
    [lowest, highest].every((end) => Number.isSafeInteger(end) && Math.abs(end) <= 2 ** 42) && lowest < highest;
  if (!isRange || (of === 'contribution' && lowest < 0)) throw wrong('range', 'a lowest and a highest whole number');
  if (!Number.isSafeInteger(perActor) || perActor < 1 || (of === 'contribution' && perActor !== 1)) {
    throw wrong('perActor', 'the most numbers that one actor gives; 1 for contributions');
  }
  if (epsilon.numerator <= 0n) throw wrong('epsilon', 'a number above 0');
  if (!Number.isSafeInteger(beyond) || beyond < 0) throw wrong('beyond', 'a whole number from 0 up');
};

const wrong = (where: string, what: string): NightjarError =>
  new NightjarError('usage', 'A setting of the search for bounds is missing or out of range.', {
    where: `auto-bounds: ${where}`,
    next: `Give ${what}.`,
  });
