import { z } from 'zod';
import type { Matrix } from '../../table/table.ts';
import type { Detector } from '../detector.ts';
import { arrayOf, metaOf, readModel, writeModel } from '../model-file.ts';
import { requireWidth } from '../neighbours/index.ts';
import { makePace } from '../pace.ts';
import type { Run } from '../schema.ts';
import { fitTail, tailsOf, type Tail } from './tails.ts';

export type Tails = { readonly names: readonly string[]; readonly tails: readonly Tail[] };

/** What a column adds to the score, by how far out in its two tails a value is. */
export type Term = (left: number, right: number, skew: number) => number;

const VERSION = 1;

/** A detector whose score is a sum over columns of what `term` makes of the two tails; a missing value adds nothing. */
export const tailSumDetector = (about: Pick<Detector<Tails>, 'name' | 'sentence'>, term: Term): Detector<Tails> => {
  const cells = async (
    model: Tails,
    matrix: Matrix,
    run: Run,
    take: (row: number, at: number, part: number) => void,
  ) => {
    requireWidth(model, matrix);
    const { rows, columns, values } = matrix;
    const pace = makePace(run);
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < columns; j++) {
        const value = values[row * columns + j] ?? Number.NaN;
        const tail = model.tails[j];
        if (value !== value || tail === undefined || tail.count === 0) continue;
        const { left, right } = tailsOf(tail, value);
        take(row, row * columns + j, term(left, right, tail.skew));
      }
      if (row % 256 === 0) await pace();
      if (row % 65_536 === 0) run.onProgress?.({ stage: about.name, done: row, total: rows, unit: 'rows' });
    }
    run.onProgress?.({ stage: about.name, done: rows, total: rows, unit: 'rows' });
  };
  return {
    ...about,
    cost: 'fit: rows × columns × log rows; score: rows × columns × 11 comparisons',
    evidence: 'odd',
    needs: { minRows: 20, scale: 'linear', missing: true },
    fit: async (matrix, _random, run) => {
      const pace = makePace(run);
      const tails: Tail[] = [];
      for (const j of matrix.names.keys()) {
        tails.push(fitTail(matrix, j));
        await pace();
      }
      return { names: matrix.names, tails };
    },
    score: async (model, matrix, run) => {
      const scores = new Float64Array(matrix.rows);
      await cells(model, matrix, run, (row, _, part) => {
        scores[row] = (scores[row] ?? 0) + part;
      });
      return scores;
    },
    attribute: async (model, matrix, run) => {
      const parts = new Float64Array(matrix.rows * matrix.columns);
      await cells(model, matrix, run, (_, at, part) => {
        parts[at] = part;
      });
      return parts;
    },
    save: (model) => saveTails(about.name, model),
    load: (bytes) => loadTails(about.name, bytes),
  };
};

const metaSchema = z.object({
  names: z.array(z.string()).min(1),
  tails: z.array(z.object({ count: z.int().nonnegative(), skew: z.number(), knots: z.int().nonnegative() })),
});

const saveTails = (kind: string, { names, tails }: Tails): Uint8Array =>
  writeModel({
    kind,
    version: VERSION,
    meta: { names, tails: tails.map(({ count, skew, knots }) => ({ count, skew, knots: knots.length })) },
    arrays: Object.fromEntries(
      tails.flatMap(({ knots, below, upTo }, j) => [
        [`knots${j}`, knots],
        [`below${j}`, below],
        [`upTo${j}`, upTo],
      ]),
    ),
  });

const loadTails = (kind: string, bytes: Uint8Array): Tails => {
  const content = readModel(bytes, kind, VERSION);
  const { names, tails } = metaOf(content, metaSchema);
  return {
    names,
    tails: tails.map(({ count, skew, knots }, j) => ({
      count,
      skew,
      knots: arrayOf(content, `knots${j}`, 'float32', knots),
      below: arrayOf(content, `below${j}`, 'float64', knots),
      upTo: arrayOf(content, `upTo${j}`, 'float64', knots),
    })),
  };
};
