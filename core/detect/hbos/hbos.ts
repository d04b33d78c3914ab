import { z } from 'zod';
import type { Matrix } from '../../table/table.ts';
import type { Detector } from '../detector.ts';
import { arrayOf, metaOf, readModel, writeModel } from '../model-file.ts';
import { requireWidth } from '../neighbours/index.ts';
import { makePace } from '../pace.ts';
import type { Run } from '../schema.ts';
import { fitHistogram, surpriseOf, type Histogram } from './histogram.ts';

export type Hbos = { readonly names: readonly string[]; readonly histograms: readonly Histogram[] };

/** Measured best of 10, 20, 50 and the square root of the rows. */
const BINS = 10;

/**
 * Histogram-based outlier score (Goldstein & Dengel 2012): per column −ln of the height of the value's bin, the highest
 * being 1, summed. Ten bins of equal width per column; heavy tails are drawn in first, which equal widths need.
 */
export const hbos: Detector<Hbos> = {
  name: 'hbos',
  sentence: 'Finds actors with rare values in many features, wherever these lie.',
  cost: 'rows × columns',
  evidence: 'odd',
  needs: { minRows: 20, scale: 'shaped', missing: true },
  fit: async (matrix, _random, run) => fitHbos(matrix, run),
  score: async (model, matrix, run) => {
    const scores = new Float64Array(matrix.rows);
    await eachSurprise(model, matrix, run, (row, _, surprise) => {
      scores[row] = (scores[row] ?? 0) + surprise;
    });
    return scores;
  },
  attribute: async (model, matrix, run) => {
    const parts = new Float64Array(matrix.rows * matrix.columns);
    await eachSurprise(model, matrix, run, (_, at, surprise) => {
      parts[at] = surprise;
    });
    return parts;
  },
  save: ({ names, histograms }) =>
    writeModel({
      kind: KIND,
      version: VERSION,
      meta: {
        names,
        columns: histograms.map(({ low, high, beyond, surprise }) => [low, high, beyond, surprise.length]),
      },
      arrays: Object.fromEntries(histograms.map(({ surprise }, j) => [`surprise${j}`, surprise])),
    }),
  load: (bytes) => {
    const content = readModel(bytes, KIND, VERSION);
    const { names, columns } = metaOf(content, metaSchema);
    const histograms = columns.map(([low, high, beyond, bins], j) => ({
      low,
      high,
      beyond,
      surprise: arrayOf(content, `surprise${j}`, 'float64', bins),
    }));
    return { names, histograms };
  },
};

const KIND = 'hbos';
const VERSION = 1;
const metaSchema = z.object({
  names: z.array(z.string()).min(1),
  columns: z.array(z.tuple([z.number(), z.number(), z.number(), z.int().nonnegative()])),
});

/** Histograms of every column, with `BINS` bins each. */
const fitHbos = async (matrix: Matrix, run: Run = {}): Promise<Hbos> => {
  const pace = makePace(run);
  const histograms: Histogram[] = [];
  for (const j of matrix.names.keys()) {
    histograms.push(fitHistogram(matrix, j, BINS));
    await pace();
  }
  return { names: matrix.names, histograms };
};

const eachSurprise = async (
  model: Hbos,
  matrix: Matrix,
  run: Run,
  take: (row: number, at: number, surprise: number) => void,
): Promise<void> => {
  requireWidth(model, matrix);
  const { rows, columns, values } = matrix;
  const pace = makePace(run);
  for (let row = 0; row < rows; row++) {
    for (const [j, histogram] of model.histograms.entries()) {
      const at = row * columns + j;
      take(row, at, surpriseOf(histogram, values[at] ?? Number.NaN));
    }
    if (row % 256 === 0) await pace();
  }
  run.onProgress?.({ stage: KIND, done: rows, total: rows, unit: 'rows' });
};
