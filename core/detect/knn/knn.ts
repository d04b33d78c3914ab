import type { Random } from '../../random/random.ts';
import type { Matrix } from '../../table/table.ts';
import { drawnIn, nearestCentres, referenceOf, requireWidth, type Centres, type Nearest } from '../neighbours/index.ts';
import { makePace } from '../pace.ts';
import type { Run } from '../schema.ts';

export type Knn = { readonly names: readonly string[]; readonly neighbours: number; readonly centres: Centres };

export type KnnOptions = { readonly neighbours?: number };

/** Rows of the reference that a row is held against: of 5,000, the nearest 2 in 100. */
const NEIGHBOURS = 100;

/** The reference to compare with; see `referenceOf`. Of a small table half the rows count as neighbours. */
export const fitKnn = async (
  matrix: Matrix,
  random: Random,
  _run: Run = {},
  options: KnnOptions = {},
): Promise<Knn> => {
  const centres = referenceOf(matrix, random);
  const neighbours = Math.max(1, Math.min(options.neighbours ?? NEIGHBOURS, matrix.rows >> 1));
  return { names: matrix.names, neighbours, centres };
};

/**
 * Mean distance of each row to its nearest rows of the reference (Ramaswamy, Rastogi & Shim 2000 take the last of them,
 * Angiulli & Pizzuti 2002 the sum). The rows of a group count with their root mean square distance, √(|x − c|² + the
 * group's own spread).
 */
export const scoreKnn = async (model: Knn, matrix: Matrix, run: Run = {}): Promise<Float64Array> => {
  const nearest = await nearestOf(model, matrix, run);
  const scores = new Float64Array(matrix.rows);
  const pace = makePace(run);
  for (let row = 0; row < matrix.rows; row++) {
    let score = 0;
    eachShare(model, nearest, row, (share, _, distance) => {
      score += share * distance;
    });
    scores[row] = score;
    if (row % 4096 === 0) await pace();
  }
  return scores;
};

/**
 * Parts of the score: of the distance d to a group the column's (x − c)² / d. They add up to the score less what the
 * groups' own spread and missing values add.
 */
export const attributeKnn = async (model: Knn, matrix: Matrix, run: Run = {}): Promise<Float64Array> => {
  const { columns, values } = matrix;
  const nearest = await nearestOf(model, matrix, run);
  const parts = new Float64Array(matrix.rows * columns);
  const pace = makePace(run);
  for (let row = 0; row < matrix.rows; row++) {
    const own = row * columns;
    eachShare(model, nearest, row, (share, centre, distance) => {
      if (distance === 0) return;
      for (let j = 0; j < columns; j++) {
        const value = values[own + j] ?? Number.NaN;
        if (value !== value) continue;
        const difference = drawnIn(value) - (model.centres.values[centre * columns + j] ?? 0);
        parts[own + j] = (parts[own + j] ?? 0) + (share * difference * difference) / distance;
      }
    });
    if (row % 64 === 0) await pace();
  }
  return parts;
};

/** Groups hold five rows or more, so that a fifth of the neighbours in groups is enough. */
const nearestOf = (model: Knn, matrix: Matrix, run: Run): Promise<Nearest> => {
  requireWidth(model, matrix);
  return nearestCentres(model.centres, matrix, Math.ceil(model.neighbours / 5), 'knn', run);
};

/** Whole groups from the nearest on, of the last one only as many rows as are still wanted. Shares add up to 1. */
const eachShare = (
  { centres, neighbours }: Knn,
  { k, index, distance }: Nearest,
  row: number,
  take: (share: number, centre: number, distance: number) => void,
): void => {
  let wanted = neighbours;
  for (let at = row * k; at < row * k + k && wanted > 0; at++) {
    const centre = index[at] ?? 0;
    const taken = Math.min(wanted, centres.weights[centre] ?? 0);
    take(taken / neighbours, centre, Math.hypot(distance[at] ?? 0, Math.sqrt(centres.scatter[centre] ?? 0)));
    wanted -= taken;
  }
};
