import { quantileOfSorted } from '../../../math/quantile.ts';
import { cellCounts } from './cell-counts.ts';

/** Twins that carry one unit of evidence: fewer are the small change of any table, many are a group. */
export const FEW_TWINS = 8;
/** Standard deviations of a Poisson count that pass for noise. */
const NOISE = 2;
/** Share of the rows above which a cell is a habit, and no sign of acting together. */
export const HABIT_SHARE = 0.1;

/** Per row its twins in one view, and how many chance leads to expect. */
export type Twins = { readonly found: Float32Array; readonly expected: Float32Array };

/**
 * Counts the twins: `cells` are the rows' cells, `chances` those of made-up rows, table by table. Chance leads to expect as many as
 * in the table where they are most.
 */
export const countTwins = (cells: Uint32Array, chances: readonly Uint32Array[]): Twins => {
  const counted = cellCounts(cells.length);
  for (const cell of cells) counted.add(cell);
  const slots = Uint32Array.from(cells, counted.slotOf);
  const found = new Float32Array(cells.length);
  const expected = new Float32Array(cells.length);
  slots.forEach((slot, i) => {
    found[i] = counted.counts[slot]! - 1; // hot here and below: every slot lies inside the arrays
  });
  for (const chance of chances) {
    const made = new Uint32Array(counted.counts.length);
    for (const cell of chance) {
      const slot = counted.slotOf(cell);
      if (slot >= 0) made[slot]!++;
    }
    const share = (cells.length - 1) / chance.length;
    slots.forEach((slot, i) => {
      expected[i] = Math.max(expected[i]!, made[slot]! * share);
    });
  }
  return { found, expected };
};

/**
 * What one view says of each row: ln(1 + unexplained twins / 8), where chance explains `misfit` times the expected ones
 * and two standard deviations more; 0 for a habit.
 */
export const excessOf = ({ found, expected }: Twins, misfit: number): Float32Array =>
  found.map((twins, i) => {
    const explained = misfit * expected[i]!; // hot: one entry per row
    const unexplained = twins - explained - NOISE * Math.sqrt(explained);
    return unexplained > 0 && twins <= HABIT_SHARE * found.length ? Math.log1p(unexplained / FEW_TWINS) : 0;
  });

/** Per row the largest value that at least half of the views reach: twins in a few columns only are none. */
export const lowerMedian = (views: readonly Float32Array[]): Float32Array => {
  const one = new Float64Array(views.length);
  return (views[0] ?? new Float32Array(0)).map((_, i) => {
    for (let v = 0; v < one.length; v++) one[v] = views[v]![i]!; // hot: rows × views
    return one.sort()[(one.length - 1) >> 1]!;
  });
};

/** Expected twins from which a cell tells how well the made-up table fits. */
const ENOUGH = 5;
/** The quantile over cells: lockstep may take up a tenth of them. */
const MISFIT_QUANTILE = 0.9;

/** How many times more twins than expected the ordinary cell holds: a high quantile over cells, not rows; at least 1. */
export const misfitOf = (views: readonly Twins[]): number => {
  const ratios: number[] = [];
  for (const { found, expected } of views) {
    // Rows of one cell share both counts: each pair of counts speaks once.
    const spoken = new Set<number>();
    for (let i = 0; i < found.length; i++) {
      const key = found[i]! * found.length * 16 + Math.round(expected[i]! * 16);
      if (expected[i]! < ENOUGH || spoken.has(key)) continue;
      spoken.add(key);
      ratios.push(found[i]! / expected[i]!);
    }
  }
  return ratios.length === 0 ? 1 : Math.max(1, quantileOfSorted(Float64Array.from(ratios).sort(), MISFIT_QUANTILE));
};

/** Adds ln(1 + twins) of each row to `all`, and to `unusual` unless the cell is a habit. */
export const addCompany = (cells: Uint32Array, all: Float32Array, unusual: Float32Array): void => {
  const counted = cellCounts(cells.length);
  for (const cell of cells) counted.add(cell);
  for (let i = 0; i < cells.length; i++) {
    const together = counted.counts[counted.slotOf(cells[i]!)]!;
    const company = Math.log(together);
    all[i]! += company;
    if (together - 1 <= HABIT_SHARE * cells.length) unusual[i]! += company;
  }
};
