import type { Random } from '../../random/random.ts';
import type { Matrix } from '../../table/table.ts';
import { drawnIn, nearestCentres, referenceOf, requireWidth, type Centres, type Nearest } from '../neighbours/index.ts';
import { makePace } from '../pace.ts';
import type { Run } from '../schema.ts';

export type Lof = {
  readonly names: readonly string[];
  /** Centres looked at around a row. */
  readonly neighbours: number;
  readonly centres: Centres;
  /** Distance of each centre to the last of its own neighbours. */
  readonly reach: Float64Array;
  /** Local reachability density of each centre. */
  readonly density: Float64Array;
};

/** Centres, each of five rows and more: measured best of 5 to 40. */
const NEIGHBOURS = 30;
/** Added to a mean distance, so that centres that coincide are dense but not infinitely so; as scikit-learn does. */
const LEAST_DISTANCE = 1e-10;

/** The reference (see `referenceOf`) with the density around each of its centres. */
export const fitLof = async (matrix: Matrix, random: Random, run: Run = {}): Promise<Lof> => {
  const centres = referenceOf(matrix, random);
  return densities(matrix.names, centres, Math.max(1, Math.min(NEIGHBOURS, centres.count >> 1)), run);
};

/** Densities around centres by their `neighbours` nearest others: Breunig et al. 2000, definitions 3 to 6. */
export const densities = async (
  names: readonly string[],
  centres: Centres,
  neighbours: number,
  run: Run = {},
): Promise<Lof> => {
  const { count, columns, values } = centres;
  const among = Math.min(neighbours, count - 1);
  const nearest = await nearestCentres(centres, { rows: count, columns, names, values }, among + 1, 'lof', run);
  const others = Array.from({ length: count }, (_, centre) => withoutItself(nearest, centre));
  const reach = Float64Array.from(others, (own) => nearest.distance[own.at(-1) ?? 0] ?? 0);
  const density = Float64Array.from(others, (own) => densityOf(nearest, own, reach));
  return { names, neighbours: Math.max(1, among), centres, reach, density };
};

/** Places in `nearest` of a centre's neighbours, itself left out; of those at no distance any one may stand for it. */
const withoutItself = ({ k, index }: Nearest, centre: number): readonly number[] => {
  const places = Array.from({ length: k }, (_, i) => centre * k + i);
  const own = places.find((at) => index[at] === centre) ?? places.at(-1);
  return places.filter((at) => at !== own);
};

/** 1 / mean reachability distance: definition 6. */
const densityOf = ({ index, distance }: Nearest, places: readonly number[], reach: Float64Array): number => {
  let sum = 0;
  for (const at of places) sum += Math.max(reach[index[at] ?? 0] ?? 0, distance[at] ?? 0);
  return 1 / (sum / Math.max(1, places.length) + LEAST_DISTANCE);
};

/**
 * Local outlier factor of each row (Breunig et al. 2000, definition 7): how much denser it is around its neighbours than
 * around itself, 1 where there is no difference. The neighbours are centres of groups of rows.
 */
export const scoreLof = async (model: Lof, matrix: Matrix, run: Run = {}): Promise<Float64Array> => {
  const nearest = await nearestOf(model, matrix, run);
  const scores = new Float64Array(matrix.rows);
  const pace = makePace(run);
  for (let row = 0; row < matrix.rows; row++) {
    scores[row] = factorOf(model, nearest, row);
    if (row % 4096 === 0) await pace();
  }
  return scores;
};

const placesOf = ({ k }: Nearest, row: number): readonly number[] => Array.from({ length: k }, (_, i) => row * k + i);

const factorOf = (model: Lof, nearest: Nearest, row: number): number => {
  const places = placesOf(nearest, row);
  let around = 0;
  for (const at of places) around += (model.density[nearest.index[at] ?? 0] ?? 0) / places.length;
  return around / densityOf(nearest, places, model.reach);
};

/** The score by column, in proportion to the squared distance to the neighbours in it, 0 where missing. Adds up to the score. */
export const attributeLof = async (model: Lof, matrix: Matrix, run: Run = {}): Promise<Float64Array> => {
  const { columns, values } = matrix;
  const { centres } = model;
  const nearest = await nearestOf(model, matrix, run);
  const parts = new Float64Array(matrix.rows * columns);
  const pace = makePace(run);
  for (let row = 0; row < matrix.rows; row++) {
    const own = parts.subarray(row * columns, (row + 1) * columns);
    for (const at of placesOf(nearest, row)) {
      const from = (nearest.index[at] ?? 0) * columns;
      for (let j = 0; j < columns; j++) {
        const value = values[row * columns + j] ?? Number.NaN;
        if (value === value) own[j] = (own[j] ?? 0) + (drawnIn(value) - (centres.values[from + j] ?? 0)) ** 2;
      }
    }
    const total = own.reduce((sum, part) => sum + part, 0);
    const share = total > 0 ? factorOf(model, nearest, row) / total : 0;
    for (let j = 0; j < columns; j++) own[j] = (own[j] ?? 0) * share;
    if (row % 64 === 0) await pace();
  }
  return parts;
};

const nearestOf = (model: Lof, matrix: Matrix, run: Run): Promise<Nearest> => {
  requireWidth(model, matrix);
  return nearestCentres(model.centres, matrix, model.neighbours, 'lof', run);
};
