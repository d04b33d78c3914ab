import { NightjarError } from '../../api/errors.ts';
import { formatRational, multiplyRational, rational, type Rational } from '../../math/rational.ts';
import type { PrivacyLoss } from '../accounting/index.ts';
import type { BoundedRows } from '../bounding/index.ts';
import { cellsOf, gridOf, unitOf } from '../mechanisms/grid.ts';
import type { Mechanism, MechanismTask, ReleasedColumn } from '../mechanisms/mechanism.ts';
import { widthAt } from '../mechanisms/noise.ts';
import { rootBelow } from '../top-k/index.ts';
import { planBounds, type BoundsPlan } from './plan-bounds.ts';
import type { ReleasedBin } from './released-bins.ts';
import { boundsOf, runBounds } from './run-bounds.ts';

/**
 * Bounds of a column, or of the rows of one actor, as a release of its own: one noised integer per doubling bin, and the
 * bounds made of them. What is noised is bounded as for any query: of an actor at most `rowsPerGroup` values, or one
 * number, their rows up to `rowsPerGroup`. The privacy map is that of `planBounds`.
 */
const mechanismOf = (measure: 'bounds' | 'contributions'): Mechanism => ({
  measure,
  keys: 'known',
  plan: (task) => {
    const plan = planOf(task);
    const { perActor } = plan.task;
    const reach = { coordinates: Math.min(perActor, plan.bins.length), sensitivity: rational(perActor) };
    return {
      statistics: [
        {
          name: 'bins',
          meaning:
            measure === 'bounds'
              ? 'Kept values in each bin; bins double in width away from 0. An actor adds one for each of their kept values.'
              : 'Actors by their number of rows; bins double in width. An actor is in one bin.',
          reach,
          noise: plan.noise,
        },
      ],
      events: plan.events,
      statements: [
        `Bounds are the ends of the outermost bins with a noised count of ${plan.threshold} or more, moved inwards while ${plan.task.beyond} at most are left outside.`,
        'Any empty bin is taken for a filled one with probability 0.001 at most. The cost is spent also where no bounds are found; they are missing then.',
        'An interval of a bin covers its count after contribution bounding, rounding and clamping.',
        ...(task.loss.kind === 'approximate' ? ['Delta is not used.'] : []),
      ],
    };
  },
  run: (task, rows, source) => {
    const { bins } = runBounds(planOf(task), numbersOf(measure, rows), source);
    const noised = bins.map(({ count }) => Float64Array.of(count));
    return { groups: undefined, columns: finished(task, noised), noised };
  },
  lists: (task) => planOf(task).bins.length,
  finish: (task, noised) => finished(task, noised),
});

export const valueBounds = mechanismOf('bounds');
export const contributionBounds = mechanismOf('contributions');

/** The bins of a released search for bounds, which `expectedError` reads: of a column, in cells, or of rows per actor. */
export const binsOf = (task: MechanismTask, noised: readonly Float64Array[]): readonly ReleasedBin[] =>
  planOf(task).bins.map((bin, i) => ({ ...bin, count: noised[i]?.[0] ?? 0 }));

const finished = (task: MechanismTask, noised: readonly Float64Array[]): readonly ReleasedColumn[] => {
  const plan = planOf(task);
  const bins = binsOf(task, noised);
  const found = boundsOf(plan, bins);
  const { query } = task;
  const unit = query.bounds.grid === undefined ? (x: number): number => x : unitOf(gridOf(query));
  const width = widthAt(plan.noise, query.level);
  const exactly = (name: string, value: number): ReleasedColumn => ({
    name,
    value: Float64Array.of(value),
    low: Float64Array.of(Number.NaN),
    high: Float64Array.of(Number.NaN),
  });
  return [
    exactly('low', found === undefined ? Number.NaN : unit(found.low)),
    exactly('high', found === undefined ? Number.NaN : unit(found.high)),
    ...bins.map(({ from, to, count }) => ({
      name: `${unit(from)} to ${unit(to)}`,
      value: Float64Array.of(count),
      low: Float64Array.of(count - width),
      high: Float64Array.of(count + width),
    })),
  ];
};

const planOf = ({ query, loss }: MechanismTask): BoundsPlan => {
  const { measure, bounds } = query;
  const epsilon = epsilonOf(loss);
  if (measure.kind === 'bounds') {
    const { lowCells, highCells } = gridOf(query);
    const perActor = bounds.rowsPerGroup;
    return planBounds({ of: 'value', lowest: lowCells, highest: highCells, perActor, epsilon, beyond: measure.beyond });
  }
  if (measure.kind !== 'contributions') throw new NightjarError('internal', 'The query looks for no bounds.');
  const highest = bounds.rowsPerGroup;
  return planBounds({ of: 'contribution', lowest: 1, highest, perActor: 1, epsilon, beyond: measure.beyond });
};

/** An ε-differentially private release is ε² / 2-zCDP (Bun & Steinke 2016): ε = √(2 ρ), rounded down. */
const epsilonOf = (loss: PrivacyLoss): Rational => {
  if (loss.kind !== 'zcdp') return loss.epsilon;
  const epsilon = rootBelow(multiplyRational(rational(2), loss.rho));
  if (epsilon.numerator > 0n) return epsilon;
  const next = `Give more than ${formatRational(loss.rho)}.`;
  throw new NightjarError('usage', 'The rho is too small to look for bounds.', { where: 'rho', next });
};

const numbersOf = (measure: 'bounds' | 'contributions', rows: BoundedRows): Float64Array =>
  measure === 'bounds' ? cellsOf(rows) : rowsOfActors(rows);

/** Kept rows of each actor who has any: rows are in order of actor. */
const rowsOfActors = ({ actor }: BoundedRows): Float64Array => {
  const counts = new Float64Array(actor.length);
  let found = 0;
  for (let i = 0; i < actor.length; i++) {
    if (i > 0 && actor[i]! !== actor[i - 1]!) found++; // hot: i is inside
    counts[found]!++;
  }
  return counts.subarray(0, actor.length === 0 ? 0 : found + 1);
};
