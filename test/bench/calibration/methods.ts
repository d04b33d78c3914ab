import { calibrateQueue, qValues } from '../../../core/detect/calibration/index.ts';
import type { FalseDiscoveryCurve } from '../../../core/detect/calibration/index.ts';
import { isolationForest } from '../../../core/detect/isolation-forest/index.ts';
import { quantile } from '../../../core/math/index.ts';
import type { Random } from '../../../core/random/index.ts';
import type { Matrix } from '../../../core/table/index.ts';
import { shuffled, type Replicate } from './replicates.ts';

export type Calibrated = {
  readonly method: string;
  readonly qValue: Float64Array;
  readonly identifiable: boolean;
  readonly curve: FalseDiscoveryCurve | undefined;
};

const run = { threads: 1 };
const MOST_REFERENCES = 200;

/** Every method on one replicate: from the pool alone, and with some of the benign rows known. */
export const calibrateAll = async (
  { matrix, labels }: Replicate,
  random: Random,
  scores: { readonly odd: Float64Array; readonly forest: Float64Array },
  withFolds: boolean,
): Promise<readonly Calibrated[]> => {
  const benign = shuffled(
    [...labels.keys()].filter((row) => labels[row] === 0),
    random.fork('references'),
  );
  const reference = new Uint8Array(labels.length);
  for (const row of benign.slice(0, Math.min(MOST_REFERENCES, Math.floor(benign.length / 4)))) reference[row] = 1;
  const { odd: oddScore, forest: boundedScore } = scores;
  const done: Calibrated[] = [];
  const add = async (method: string, input: Partial<Parameters<typeof calibrateQueue>[0]>): Promise<void> => {
    const { qValue, identifiable, curve } = await calibrateQueue({ oddScore, random, run, ...input });
    done.push({ method, qValue, identifiable, curve });
  };
  await add('tail bound', { boundedScore });
  await add('reference', { reference });
  if (withFolds) await add('cross-conformal', { reference, fitScore: refit(matrix, random.fork('folds')) });
  done.push({ method: 'peer: normal null', qValue: normalNull(oddScore), identifiable: true, curve: undefined });
  done.push({ method: 'hindsight', qValue: hindsight(oddScore, labels), identifiable: true, curve: undefined });
  return done;
};

/**
 * The deepest cut of the ranking that keeps each target, read off the labels: no method can find more by this
 * ranking.
 */
const hindsight = (scores: Float64Array, labels: Uint8Array): Float64Array => {
  const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  let benign = 0;
  const rates = order.map((row, k) => (benign += 1 - (labels[row] ?? 0)) / (k + 1));
  const q = new Float64Array(scores.length);
  let least = 1;
  for (let k = order.length - 1; k >= 0; k--) {
    least = Math.min(least, rates[k] ?? 1);
    q[order[k] ?? 0] = least;
  }
  return q;
};

/** Scores of the standard isolation forest: of the rows it was fitted on, as in a queue. */
export const forestScores = async (matrix: Matrix, random: Random): Promise<Float64Array> =>
  await isolationForest.score(await isolationForest.fit(matrix, random, run), matrix, run);

const refit =
  (matrix: Matrix, random: Random) =>
  async (rowsToFit: Uint32Array, rowsToScore: Uint32Array): Promise<Float64Array> => {
    const model = await isolationForest.fit(rowsOf(matrix, rowsToFit), random, run);
    return await isolationForest.score(model, rowsOf(matrix, rowsToScore), run);
  };

const rowsOf = (matrix: Matrix, rows: Uint32Array): Matrix => {
  const { columns } = matrix;
  const values = new Float32Array(new SharedArrayBuffer(rows.length * columns * 4));
  rows.forEach((row, i) => values.set(matrix.values.subarray(row * columns, (row + 1) * columns), i * columns));
  return { ...matrix, rows: rows.length, values };
};

/**
 * What is often done: a normal null by median and quartiles (Efron 2004), then Benjamini–Hochberg. The normal tail by
 * Abramowitz & Stegun 1964, 26.2.17, good to 1e-7; beyond that by its leading term.
 */
const normalNull = (scores: Float64Array): Float64Array => {
  const centre = quantile(scores, 0.5);
  const deviation = (quantile(scores, 0.75) - quantile(scores, 0.25)) / 1.349;
  return qValues(scores.map((score) => normalTail((score - centre) / deviation)));
};

const normalTail = (z: number): number => {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 0) return 1 - normalTail(-z);
  if (z > 5) return density / z;
  const t = 1 / (1 + 0.2316419 * z);
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return density * series;
};
