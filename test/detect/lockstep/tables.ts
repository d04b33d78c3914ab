import { seededRandom, type Random } from '../../../core/random/index.ts';
import type { Matrix } from '../../../core/table/index.ts';
import { matrixOf } from '../tables.ts';

/** Counts of actors, most of whom do little: the same columns rise together. */
export const countTable = (rows: number, columns: number, seed: number): Matrix => {
  const random = seededRandom(seed);
  const values: number[] = [];
  for (let i = 0; i < rows; i++) {
    const activity = random.normal();
    for (let j = 0; j < columns; j++) values.push(Math.round(Math.exp(0.5 + activity + random.normal())));
  }
  return matrixOf(columns, values);
};

/** The matrix with `copies` of one row at these places. */
export const withTwins = (matrix: Matrix, row: readonly number[], places: readonly number[]): Matrix => {
  const values = matrix.values.slice();
  for (const place of places) values.set(row, place * matrix.columns);
  return { ...matrix, values };
};

export const pick = (count: number, from: number, random: Random): readonly number[] => {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(random.int(from));
  return [...chosen].sort((a, b) => a - b);
};

export const noPace = (): Promise<void> => Promise.resolve();
