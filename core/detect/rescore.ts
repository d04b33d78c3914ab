import type { Matrix } from '../table/table.ts';
import type { FittedDetector } from './detector.ts';
import { combineTailRanks } from './ensemble/combine.ts';
import { quietly } from './pace.ts';
import { makeRowScaler, type RowScaler, type Scaler } from './scale.ts';
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

/**
 * Scores changed rows as the queue does: each detector's score, where it stands among the peers' (`tailCurve`), and
 * `combineTailRanks`. The peers stay as they are: a changed row is compared with them, not put in one's place.
 */
export const makeRescore = (features: readonly string[], parts: readonly RescorePart[]): RescoreRows => {
  const made = [new Map<Scaler, RowScaler>(), new Map<Scaler, RowScaler>()] as const;
  const prepared = parts.map(({ scaler, fitted, weight, peerScores, categories = false }) => {
    const known = made[categories ? 1 : 0];
    const scale = known.get(scaler) ?? makeRowScaler(scaler, features, categories);
    known.set(scaler, scale);
    return { scale, fitted, weight, curve: tailCurve(peerScores) };
  });
  return async (rows, given = {}) => {
    const run = quietly(silent(given));
    const ranked: { readonly tailRank: Float64Array; readonly weight: number }[] = [];
    const scaled = new Map<RowScaler, Matrix>();
    for (const { scale, fitted, weight, curve } of prepared) {
      const matrix = scaled.get(scale) ?? scale(rows);
      scaled.set(scale, matrix);
      const score = await fitted.score(matrix, run);
      const tailRank = new Float64Array(score.length);
      for (let row = 0; row < score.length; row++) tailRank[row] = curve(score[row]!); // hot: a callback would box each
      ranked.push({ tailRank, weight });
    }
    return combineTailRanks(ranked, rows.length);
  };
};

/** Without progress: a few rows here and there are none. */
const silent = ({ signal, threads, backend }: Run): Run => ({
  ...(signal === undefined ? {} : { signal }),
  ...(threads === undefined ? {} : { threads }),
  ...(backend === undefined ? {} : { backend }),
});
