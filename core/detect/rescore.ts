import type { FeatureTable, Matrix } from '../table/table.ts';
import type { FittedDetector } from './detector.ts';
import { combineTailRanks } from './ensemble/combine.ts';
import { quietly } from './pace.ts';
import { applyScaler, type Scaler } from './scale.ts';
import type { Run } from './schema.ts';
import { tailCurve } from './tail-curve.ts';

/**
 * Scores of made-up rows, in the feature table's units, values in the order of `Detection.features`; a missing value is NaN.
 * A row of a peer gets the peer's own combined tail rank.
 */
export type RescoreRows = (rows: readonly Float64Array[], run?: Run) => Promise<Float64Array>;

/** What is needed of a detector to score rows again. */
export type RescorePart = {
  readonly weight: number;
  readonly scaler: Scaler;
  /** Whether categories reach it as level numbers. */
  readonly categories?: boolean;
  readonly fitted: Pick<FittedDetector, 'score'>;
  /** Scores of the peers: the actors it was fitted on. */
  readonly peerScores: ArrayLike<number>;
};

/** How tail ranks become the queue's score. */
type Combine = typeof combineTailRanks;

/**
 * Scores changed rows as the queue does: each detector's score, where it stands among the peers' (`tailCurve`), and
 * `combine`. The peers stay as they are: a changed row is compared with them, not put in one's place.
 */
export const makeRescore = (
  features: readonly string[],
  parts: readonly RescorePart[],
  combine: Combine = combineTailRanks,
): RescoreRows => {
  const curves = parts.map((part) => tailCurve(part.peerScores));
  return async (rows, given = {}) => {
    const run = silent(given);
    const table = tableOfRows(features, rows);
    const ranked: { readonly tailRank: Float64Array; readonly weight: number }[] = [];
    const scaled = [new Map<Scaler, Matrix>(), new Map<Scaler, Matrix>()] as const;
    for (const [k, { scaler, fitted, weight, categories = false }] of parts.entries()) {
      const known = scaled[categories ? 1 : 0];
      const matrix = known.get(scaler) ?? applyScaler(scaler, table, undefined, categories).matrix;
      known.set(scaler, matrix);
      const score = await fitted.score(matrix, quietly(run));
      ranked.push({ tailRank: score.map((value) => curves[k]?.(value) ?? 0), weight });
    }
    return combine(ranked, rows.length);
  };
};

/** Without progress: a few rows here and there are none. */
const silent = ({ signal, threads, backend }: Run): Run => ({
  ...(signal === undefined ? {} : { signal }),
  ...(threads === undefined ? {} : { threads }),
  ...(backend === undefined ? {} : { backend }),
});

const tableOfRows = (features: readonly string[], rows: readonly Float64Array[]): FeatureTable => ({
  actors: rows.map(() => ''),
  events: new Float64Array(rows.length).fill(1),
  names: features,
  columns: features.map((_, j) => columnOf(rows, j)),
});

const columnOf = (rows: readonly Float64Array[], j: number): Float64Array => {
  const column = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) column[i] = rows[i]?.[j] ?? Number.NaN;
  return column;
};
