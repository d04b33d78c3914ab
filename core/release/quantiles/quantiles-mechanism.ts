import { NightjarError } from '../../api/errors.ts';
import { formatRational, type Rational } from '../../math/rational.ts';
import type { BoundedRows } from '../bounding/index.ts';
import type { Mechanism, MechanismTask, ReleasedColumn } from '../mechanisms/mechanism.ts';
import { cellsOf, gridOf, unitOf } from '../mechanisms/grid.ts';
import { choiceBudget } from '../top-k/index.ts';
import { privateQuantiles, quantileLevels, rankErrorAtMost, type QuantileTask } from './private-quantiles.ts';

/**
 * Quantiles of a column in every group, on the declared grid. One actor has at most `groupsPerActor` groups, at most
 * `rowsPerGroup` rows in each, and each group takes `quantileLevels` choices one after the other: the loss is split evenly
 * over groupsPerActor · quantileLevels choices (see `choiceBudget`), the others are of groups the actor is not in.
 */
export const quantilesMechanism: Mechanism = {
  measure: 'quantiles',
  keys: 'known',
  plan: (task) => {
    const { quantiles, budget } = prepare(task);
    const rows = rankErrorAtMost(quantiles, task.query.level);
    return {
      statistics: [],
      events: [budget.event],
      statements: [
        `Each quantile is chosen among all cells of the grid by the exponential mechanism, in ${quantileLevels(quantiles.probabilities.length)} levels of equal cost.`,
        `With probability ${task.query.level} no quantile of a group is off by more than ${rows} rows of that group in rank. No interval of its value is known without data.`,
      ],
    };
  },
  run: (task, rows, source) => {
    const { quantiles, grid } = prepare(task);
    const unit = unitOf(grid);
    const columns = quantiles.probabilities.map((p) => emptyColumn(`p${formatRational(p)}`, rows.groups));
    const noised = columns.map(() => new Float64Array(rows.groups));
    const { cells, start } = byGroup(rows);
    for (let group = 0; group < rows.groups; group++) {
      const of = cells.subarray(start[group] ?? 0, start[group + 1] ?? 0);
      privateQuantiles(of, quantiles, source).forEach((cell, i) => {
        const [column, noisy] = [columns[i], noised[i]];
        if (column) column.value[group] = unit(cell);
        if (noisy) noisy[group] = cell;
      });
    }
    return { groups: undefined, columns, noised };
  },
};

const prepare = ({ query, loss }: MechanismTask) => {
  const { measure, bounds } = query;
  if (measure.kind !== 'quantiles') throw new NightjarError('internal', 'The query asks for no quantiles.');
  const probabilities = measure.probabilities.map(requireShort);
  const grid = gridOf(query);
  const choices = bounds.groupsPerActor * quantileLevels(probabilities.length);
  const budget = choiceBudget(loss, choices);
  const quantiles: QuantileTask = {
    probabilities,
    lowCells: grid.lowCells,
    highCells: grid.highCells,
    rowsPerActor: bounds.rowsPerGroup,
    epsilonPerLevel: budget.epsilon,
  };
  return { quantiles, grid, budget };
};

/** Ranks times the denominator must stay exact below 2^53: up to 9e9 rows. */
const requireShort = (p: Rational): Rational => {
  if (p.denominator <= 1_000_000n) return p;
  throw new NightjarError('usage', 'A probability has more than six decimals.', {
    where: 'query: probabilities',
    next: 'Round it to six decimals.',
  });
};

const emptyColumn = (name: string, groups: number): ReleasedColumn => ({
  name,
  value: new Float64Array(groups),
  low: new Float64Array(groups).fill(Number.NaN),
  high: new Float64Array(groups).fill(Number.NaN),
});

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
