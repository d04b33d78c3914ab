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

/** Yes or no in five classes of actors, each of which nearly always says the same. */
export const classTable = (rows: number, columns: number, seed: number): Matrix => {
  const random = seededRandom(seed);
  const classes = Array.from({ length: 5 }, () =>
    Array.from({ length: columns }, () => (random.float() < 0.3 ? 0.95 : 0.03)),
  );
  const values: number[] = [];
  for (let i = 0; i < rows; i++) {
    for (const share of classes[random.int(5)] ?? []) values.push(Number(random.float() < share));
  }
  return matrixOf(columns, values);
};

/** Normal rows of which two in three stand there several times, as in logs of machines: 1 to 12 times. */
export const repeatedTable = (rows: number, columns: number, seed: number): Matrix => {
  const random = seededRandom(seed);
  const values: number[] = [];
  while (values.length < rows * columns) {
    const row = Array.from({ length: columns }, () => random.normal());
    const times = random.float() < 0.7 ? 1 : 1 + random.int(12);
    for (let k = 0; k < times; k++) values.push(...row);
  }
  return matrixOf(columns, values.slice(0, rows * columns));
};

/** Counts of actors who do everything the more, the more active they are: the most active are high in every column. */
export const activityTable = (rows: number, columns: number, seed: number): Matrix => {
  const random = seededRandom(seed);
  const values: number[] = [];
  for (let i = 0; i < rows; i++) {
    const activity = Math.exp(1 + 1.5 * random.normal());
    for (let j = 0; j < columns; j++) {
      const mean = (2 * activity) / (j + 1);
      values.push(Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal())));
    }
  }
  return matrixOf(columns, values);
};
