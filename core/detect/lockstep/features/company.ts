import type { Random } from '../../../random/index.ts';
import { fitCopula, type Copula } from './copula.ts';
import { addCompany, countTwins, excessOf, lowerMedian, misfitOf, type Twins } from './excess.ts';
import type { RankTable } from './rank-table.ts';
import { joined, resemblanceOf, sharesBelow } from './resemblance.ts';
import { fitTail, logChance, type Tail } from './tail.ts';
import { cellOf, drawViews, fillPlaces, fineBins, type View } from './views.ts';

/** How alike the rows of a table are, beyond chance. */
export type Company = {
  /** Per row −log10 of the chance that a table like this, without lockstep, holds any row as alike; not below 0. */
  readonly decades: Float64Array;
  /** Per row log10 of the chance for one row, before the table's size is counted; 0 where nothing speaks. */
  readonly logChance: Float64Array;
  /** Per row the share of rows with less company, at all resolutions, in [0, 1). */
  readonly closeness: Float64Array;
  /** The same without habits, joined with resemblance to those that are alike beyond chance: for rows without evidence. */
  readonly hint: Float64Array;
  /** Per row how many twins in all columns, at the coarser of the fine resolutions, chance leads to expect. */
  readonly expected: Float32Array;
  readonly tails: readonly Tail[];
  readonly views: readonly View[];
  /** Cells of the rows in the views at fine resolution. */
  readonly fineCells: readonly Uint32Array[];
};

/** Made-up rows that tell how many twins to expect: eight times the table's, within these bounds, and never fewer. */
const MADE_UP = { perRow: 8, most: 80_000 } as const;
/** Made-up rows, in whole tables of the real size, whose own twins tell how far chance goes. */
const LEAST_TRIALS = 5_000;

/** Counts each row's twins in many views, and those of made-up rows, which are alike by chance only. */
export const measureCompany = async (
  table: RankTable,
  random: Random,
  pace: () => Promise<void>,
  decadesAtMost: number,
): Promise<Company> => {
  const { rows, columns } = table;
  const views = drawViews(columns, random.fork('views'));
  const resolutions = fineBins(columns);
  const fine = views.filter(({ bins }) => resolutions.includes(bins));
  const cells = await cellsOf(table, views, pace);
  const copula = await fitCopula(table, random.fork('copula'), pace);
  const madeRows = Math.max(rows, Math.min(MADE_UP.perRow * rows, MADE_UP.most));
  const chance = await drawCells(table, copula, fine, madeRows, random.fork('chance'), pace);
  const trials = Math.ceil(LEAST_TRIALS / rows);
  const trial = await drawCells(table, copula, fine, trials * rows, random.fork('trial'), pace);

  const company = new Float32Array(rows);
  const unusual = new Float32Array(rows);
  for (const one of cells) {
    addCompany(one, company, unusual);
    await pace();
  }
  const none = new Uint32Array(0);
  let expected: Float32Array = new Float32Array(rows);
  const best = new Float64Array(rows);
  const unexplained = new Float64Array(rows);
  const tails: Tail[] = [];
  for (const bins of resolutions) {
    const looks = fine.map((view, v) => (view.bins === bins ? v : -1)).filter((v) => v >= 0);
    const twins: Twins[] = [];
    for (const v of looks) {
      twins.push(countTwins(cells[v] ?? none, chance[v] ?? none));
      await pace();
    }
    const misfit = misfitOf(twins);
    const excess = twins.map((one) => excessOf(one, misfit));
    for (const one of excess) one.forEach((value, i) => (unexplained[i]! += value / fine.length));
    const real = lowerMedian(excess);
    expected = twins[0]?.expected ?? expected;
    const made = new Float32Array(trials * rows);
    for (let t = 0; t < trials; t++) {
      const parts: Float32Array[] = [];
      for (const v of looks) {
        const part = (trial[v] ?? none).subarray(t * rows, (t + 1) * rows);
        parts.push(excessOf(countTwins(part, chance[v] ?? none), misfit));
        await pace();
      }
      made.set(lowerMedian(parts), t * rows);
    }
    const tail = fitTail(real, made);
    tails.push(tail);
    real.forEach((value, i) => {
      best[i] = Math.min(best[i] ?? 0, logChance(tail, value));
    });
  }
  // One of as many looks as there are resolutions; and one of as many rows (Bonferroni 1936).
  const looks = Math.log10(resolutions.length);
  const single = best.map((value) => Math.min(0, value + looks));
  const decades = single.map((value) => Math.min(decadesAtMost, Math.max(0, -value - Math.log10(rows))));
  const weight = decades.map((value, i) => value + (unexplained[i] ?? 0));
  return {
    decades,
    logChance: single,
    closeness: sharesBelow(company),
    hint: joined(unusual, await resemblanceOf(table, weight, pace)),
    expected,
    tails,
    views,
    fineCells: cells.slice(0, fine.length),
  };
};

/** Rows between two looks at the clock. */
const STRETCH = 512;

const cellsOf = (
  table: RankTable,
  views: readonly View[],
  pace: () => Promise<void>,
): Promise<readonly Uint32Array[]> => {
  const { columns, ranks } = table;
  return eachCell(table, views, table.rows, (i) => ranks.subarray(i * columns, (i + 1) * columns), pace);
};

const drawCells = (
  table: RankTable,
  copula: Copula,
  views: readonly View[],
  rows: number,
  random: Random,
  pace: () => Promise<void>,
): Promise<readonly Uint32Array[]> => {
  const row = new Uint32Array(copula.columns);
  const draw = (): Uint32Array => {
    copula.draw(random, row);
    return row;
  };
  return eachCell(table, views, rows, draw, pace);
};

const eachCell = async (
  table: RankTable,
  views: readonly View[],
  rows: number,
  rowAt: (i: number) => Uint32Array,
  pace: () => Promise<void>,
): Promise<readonly Uint32Array[]> => {
  const cells = views.map(() => new Uint32Array(rows));
  const places = new Uint16Array(table.columns);
  for (let i = 0; i < rows; i++) {
    const row = rowAt(i);
    fillPlaces(table, row, places);
    for (const [v, view] of views.entries()) cells[v]![i] = cellOf(view, row, places); // hot: one array per view
    if (i % STRETCH === 0) await pace();
  }
  return cells;
};
