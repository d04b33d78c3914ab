import { cholesky } from '../../../math/cholesky.ts';
import type { Random } from '../../../random/index.ts';
import { normalProbability, normalScores } from './normal.ts';
import type { RankTable } from './rank-table.ts';

/** What a copula is made from. */
export type Ranks = Pick<RankTable, 'rows' | 'columns' | 'ranks' | 'ascending'>;

/**
 * Made-up rows with the columns' own values, each as common as it is, that go together as their rank correlations say
 * and no further: whoever is alike among them is so by chance. A Gaussian copula (Nelsen 2006, section 2.3); it knows
 * no clusters and no dependence beyond correlation.
 */
export type Copula = {
  readonly columns: number;
  /** Fills `into` with the ranks of one made-up row. */
  readonly draw: (random: Random, into: Uint32Array) => void;
};

/** Rows looked at for the correlations. */
const CORRELATION_ROWS = 10_000;
/** Rounds in which the latent correlations are corrected by what their ties cost them. */
const ROUNDS = 4;
/** Share of independence mixed into the correlations, doubled until they can be factored. */
const SHRINKAGE = 0.001;

/**
 * The copula of a table. Ties weaken correlations, so that those of the latent normals are raised until made-up rows
 * correlate as the real ones do (Cario & Nelson 1997). `pace` is awaited now and then.
 */
export const fitCopula = async (table: Ranks, random: Random, pace: () => Promise<void>): Promise<Copula> => {
  const { rows, columns, ranks } = table;
  const scores = placeScores(table);
  const step = Math.max(1, Math.floor(rows / CORRELATION_ROWS));
  const used = Math.floor((rows - 1) / step) + 1;
  const wanted = await correlations(columns, used, (k, j) => scores[j]![ranks[k * step * columns + j]!]!, pace);
  const latent = wanted.slice();
  const made = new Uint32Array(used * columns);
  for (let round = 0; round < ROUNDS; round++) {
    const draw = drawerOf(table, factor(latent, columns));
    for (let k = 0; k < used; k++) draw(random, made.subarray(k * columns, (k + 1) * columns));
    await pace();
    const got = await correlations(columns, used, (k, j) => scores[j]![made[k * columns + j]!]!, pace);
    for (let at = 0; at < latent.length; at++) {
      latent[at] = Math.min(0.999, Math.max(-0.999, latent[at]! + wanted[at]! - got[at]!));
    }
  }
  return { columns, draw: drawerOf(table, factor(latent, columns)) };
};

const drawerOf = ({ rows, columns, ascending }: Ranks, lower: Float64Array): Copula['draw'] => {
  const normals = new Float64Array(columns);
  return (random, into) => {
    // Hot loop: columns² / 2 steps per made-up row, every index inside the arrays.
    for (let j = 0; j < columns; j++) {
      normals[j] = random.normal();
      let sum = 0;
      for (let k = 0; k <= j; k++) sum += lower[j * columns + k]! * normals[k]!;
      into[j] = ascending[j * rows + Math.min(rows - 1, Math.floor(normalProbability(sum) * rows))]!;
    }
  };
};

/** Per column and rank, the normal score of the middle of its ties (van der Waerden 1952), centred and scaled. */
const placeScores = ({ rows, columns, ascending }: Ranks): readonly Float64Array[] => {
  const score = normalScores(rows);
  return Array.from({ length: columns }, (_, j) => {
    const column = ascending.subarray(j * rows, (j + 1) * rows);
    const scores = new Float64Array(rows);
    let mean = 0;
    let square = 0;
    for (let from = 0; from < rows;) {
      let to = from + 1;
      while (to < rows && column[to] === column[from]) to++;
      const value = score((from + to) / 2);
      scores[from] = value;
      mean += (value * (to - from)) / rows;
      square += (value * value * (to - from)) / rows;
      from = to;
    }
    const spread = Math.sqrt(Math.max(square - mean * mean, 1e-12));
    return scores.map((value) => (value - mean) / spread);
  });
};

/** Pearson's correlations of `used` rows of scores, each column already centred and scaled over the population. */
const correlations = async (
  columns: number,
  used: number,
  scoreOf: (row: number, column: number) => number,
  pace: () => Promise<void>,
): Promise<Float64Array> => {
  const scores = new Float64Array(columns * used);
  for (let j = 0; j < columns; j++) for (let k = 0; k < used; k++) scores[j * used + k] = scoreOf(k, j);
  const matrix = new Float64Array(columns * columns);
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = 0; k < used; k++) sum += scores[i * used + k]! * scores[j * used + k]!;
      matrix[i * columns + j] = sum / used;
      matrix[j * columns + i] = sum / used;
    }
    matrix[i * columns + i] = 1;
    await pace();
  }
  return matrix;
};

/** The lower Cholesky factor, its rows of length 1, of the correlations drawn towards independence as far as needed. */
const factor = (correlation: Float64Array, size: number): Float64Array => {
  for (let share = SHRINKAGE; ; share = Math.min(1, 2 * share)) {
    const shrunk = correlation.map((value, at) => (at % (size + 1) === 0 ? 1 : value * (1 - share)));
    const lower = cholesky(shrunk, size);
    if (lower !== undefined) return lower;
  }
};
