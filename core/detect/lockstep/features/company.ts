import type { Random } from '../../../random/index.ts';
import { fitClusteredCopula } from './clustered-copula.ts';
import { fitCopula, type Copula } from './copula.ts';
import { addCompany } from './excess.ts';
import type { RankTable } from './rank-table.ts';
import { joined, resemblanceOf, sharesBelow } from './resemblance.ts';
import { surpriseOf, type Surprise } from './surprise.ts';
import { cellOf, drawViews, fillPlaces, fineBins, type View } from './views.ts';

/** How alike the rows of a table are, beyond chance. */
export type Company = {
  /** Per row −log10 of the chance that a table like this, without lockstep, holds any row as alike; not below 0. */
  readonly decades: Float64Array;
  /** Per row the share of rows with less company, at all resolutions, in [0, 1). */
  readonly closeness: Float64Array;
  /** The same without habits, joined with resemblance to those that are alike beyond chance: for rows without evidence. */
  readonly hint: Float64Array;
  /** Per row how many twins in all columns, at the coarser of the fine resolutions, chance leads to expect. */
  readonly expected: Float32Array;
  /** Cells of the rows in the views at fine resolution. */
  readonly fineCells: readonly Uint32Array[];
};

/** Made-up rows that tell how many twins to expect: eight times the table's, within these bounds, and never fewer. */
const MADE_UP = { perRow: 8, most: 80_000 } as const;
/** Made-up rows, in whole tables of the real size, whose own twins tell how far chance goes. */
const LEAST_TRIALS = 5_000;

/**
 * Counts each row's twins in many views, and those of made-up rows, which are alike by chance only. Where there is evidence by
 * rows that know no clusters, it must also hold against others that know them; the weaker of both counts.
 */
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
  const fineCells = cells.slice(0, fine.length);
  const madeRows = Math.max(rows, Math.min(MADE_UP.perRow * rows, MADE_UP.most));
  const trials = Math.ceil(LEAST_TRIALS / rows);
  const draw = (copula: Copula, count: number, name: string): Promise<readonly Uint32Array[]> =>
    drawCells(table, copula, fine, count, random.fork(name), pace);

  const company = new Float32Array(rows);
  const unusual = new Float32Array(rows);
  for (const one of cells) {
    addCompany(one, company, unusual);
    await pace();
  }
  // One of as many rows (Bonferroni 1936).
  const decadesOf = ({ logChance }: Surprise): Float64Array =>
    logChance.map((value) => Math.min(decadesAtMost, Math.max(0, -value - Math.log10(rows))));
  const copula = await fitCopula(table, random.fork('copula'), pace);
  const chance = await draw(copula, madeRows, 'chance');
  const trial = await draw(copula, trials * rows, 'trial');
  let surprise = await surpriseOf({ views: fine, cells: fineCells, chances: [chance], trial, rows }, pace);
  let decades = decadesOf(surprise);
  if (decades.some((value) => value > 0)) {
    const clustered = await fitClusteredCopula(table, random.fork('clusters'), pace);
    const chances = [chance, await draw(clustered, Math.min(madeRows, MADE_UP.most), 'chance in clusters')];
    surprise = await surpriseOf({ views: fine, cells: fineCells, chances, trial, rows }, pace);
    const again = decadesOf(surprise);
    decades = decades.map((value, i) => Math.min(value, again[i]!)); // hot: one entry per row
  }
  const weight = decades.map((value, i) => value + surprise.unexplained[i]!);
  return {
    decades,
    closeness: sharesBelow(company),
    hint: joined(unusual, await resemblanceOf(table, weight, pace)),
    expected: surprise.expected,
    fineCells,
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
