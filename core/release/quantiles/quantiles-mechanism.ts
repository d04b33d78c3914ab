import { NightjarError } from '../../api/errors.ts';
import { formatRational, type Rational } from '../../math/rational.ts';
import type { BoundedRows } from '../bounding/index.ts';
import type { Mechanism, MechanismTask, ReleasedColumn } from '../mechanisms/mechanism.ts';
import { cellsOf, gridOf, unitOf } from '../mechanisms/grid.ts';
import { choiceBudget } from '../top-k/index.ts';
import { privateQuantiles, quantileLevels, rankErrorAtMost, type QuantileTask } from './private-quantiles.ts';
import { quantileInterval, rankMargin, type IntervalTask } from './quantile-interval.ts';

/**
 * Quantiles of a column in every group, on the declared grid. One actor has at most `groupsPerActor` groups, at most
 * `rowsPerGroup` rows in each, and each group takes `quantileLevels` choices one after the other, and with intervals two more
 * for each quantile: the loss is split evenly over groupsPerActor times as many (see `choiceBudget`), the others are of
 * groups the actor is not in. Noised integers are the chosen cells: quantiles first, then the lower ends, then the upper ones.
 */
export const quantilesMechanism: Mechanism = {
  measure: 'quantiles',
  keys: 'known',
  plan: (task) => {
    const { quantiles, budget, hasIntervals, intervals } = prepare(task);
    const { level } = task.query;
    const rows = rankErrorAtMost(quantiles, level);
    const margin = Math.max(...intervals.map(rankMargin));
    return {
      statistics: [],
      events: [budget.event],
      statements: [
        `Each quantile is chosen among all cells of the grid by the exponential mechanism, in ${quantileLevels(quantiles.probabilities.length)} levels of equal cost.`,
        `With probability ${level} no quantile of a group is off by more than ${rows} rows of that group in rank.${hasIntervals ? '' : ' No interval of its value is known without data.'}`,
        ...(hasIntervals
          ? [
              `The ends of each interval are chosen like quantiles, up to ${margin} rows further out, each at the cost of one level. An interval covers the quantile after contribution bounding, rounding and clamping, and is widened to hold the number that is shown.`,
            ]
          : []),
      ],
    };
  },
  run: (task, rows, source) => {
    const { quantiles, intervals } = prepare(task);
    const count = quantiles.probabilities.length;
    const noised = Array.from({ length: listsOf(task) }, () => new Float64Array(rows.groups));
    const { cells, start } = byGroup(rows);
    const put = (list: number, group: number, cell: number): void => {
      const integers = noised[list];
      if (integers) integers[group] = cell;
    };
    for (let group = 0; group < rows.groups; group++) {
      const of = cells.subarray(start[group] ?? 0, start[group + 1] ?? 0).sort();
      privateQuantiles(of, quantiles, source).forEach((cell, i) => put(i, group, cell));
      for (const [i, interval] of intervals.entries()) {
        const [low, high] = quantileInterval(of, interval, source);
        put(count + i, group, low);
        put(2 * count + i, group, high);
      }
    }
    return { groups: undefined, columns: finished(task, noised), noised };
  },
  lists: (task) => listsOf(task),
  finish: (task, noised) => finished(task, noised),
  faultsOf: (task, noised) => {
    const { quantiles } = prepare(task);
    const { lowCells, highCells, probabilities } = quantiles;
    const isOnGrid = noised.every((cells) => cells.every((cell) => cell >= lowCells && cell <= highCells));
    const points = noised.slice(0, probabilities.length);
    const isAscending = points.every((cells, i) => cells.every((cell, g) => cell >= (points[i - 1]?.[g] ?? cell)));
    return [
      ...(isOnGrid ? [] : ['A noised integer lies outside the declared bounds of the value.']),
      ...(isAscending ? [] : ['Quantiles do not ascend with their probabilities.']),
    ];
  },
};

const listsOf = (task: MechanismTask): number => {
  const { quantiles, hasIntervals } = prepare(task);
  return quantiles.probabilities.length * (hasIntervals ? 3 : 1);
};

const finished = (task: MechanismTask, noised: readonly Float64Array[]): readonly ReleasedColumn[] => {
  const { quantiles, grid, hasIntervals } = prepare(task);
  const unit = unitOf(grid);
  const count = quantiles.probabilities.length;
  return quantiles.probabilities.map((p, i) => {
    const cells = noised[i] ?? new Float64Array(0);
    const [low, high] = [noised[count + i], noised[2 * count + i]];
    const none = new Float64Array(cells.length).fill(Number.NaN);
    return {
      name: `p${formatRational(p)}`,
      value: cells.map(unit),
      low: hasIntervals ? cells.map((cell, g) => unit(Math.min(cell, low?.[g] ?? cell))) : none,
      high: hasIntervals ? cells.map((cell, g) => unit(Math.max(cell, high?.[g] ?? cell))) : none,
    };
  });
};

const prepare = ({ query, loss }: MechanismTask) => {
  const { measure, bounds, level } = query;
  if (measure.kind !== 'quantiles') throw new NightjarError('internal', 'The query asks for no quantiles.');
  const probabilities = measure.probabilities.map(requireShort);
  const grid = gridOf(query);
  const hasIntervals = measure.intervals === true;
  const perGroup = quantileLevels(probabilities.length) + (hasIntervals ? 2 * probabilities.length : 0);
  const budget = choiceBudget(loss, bounds.groupsPerActor * perGroup);
  const { lowCells, highCells } = grid;
  const common = { lowCells, highCells, rowsPerActor: bounds.rowsPerGroup };
  const quantiles: QuantileTask = { ...common, probabilities, epsilonPerLevel: budget.epsilon };
  const intervals = hasIntervals
    ? probabilities.map((probability): IntervalTask => ({
        ...common,
        probability,
        epsilonPerChoice: budget.epsilon,
        level,
      }))
    : [];
  return { quantiles, grid, budget, hasIntervals, intervals };
};

/** Ranks times the denominator must stay exact below 2^53: up to 9e9 rows. */
const requireShort = (p: Rational): Rational => {
  if (p.denominator <= 1_000_000n) return p;
  throw new NightjarError('usage', 'A probability has more than six decimals.', {
    where: 'query: probabilities',
    next: 'Round it to six decimals.',
  });
};

/** Cells in order of group, and where each group begins: a counting sort. */
const byGroup = (rows: BoundedRows) => {
  const { group, groups } = rows;
  const unordered = cellsOf(rows);
  const start = new Float64Array(groups + 1);
  for (const g of group) start[g + 1]!++; // hot: g is below groups
  for (let g = 0; g < groups; g++) start[g + 1]! += start[g]!;
  const next = start.slice();
  const cells = new Float64Array(unordered.length);
  for (let row = 0; row < group.length; row++) cells[next[group[row]!]!++] = unordered[row]!;
  return { cells, start };
};
