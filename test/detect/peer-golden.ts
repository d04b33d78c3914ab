import { readFileSync } from 'node:fs';

export type PeerGolden = {
  readonly columns: number;
  readonly values: readonly number[];
  readonly probe: readonly number[];
  readonly ecod: readonly number[];
  readonly copod: readonly number[];
  readonly hbos: readonly number[];
  readonly lof: { readonly neighbours: number; readonly scores: readonly number[] };
  readonly nearest: { readonly k: number; readonly distance: readonly number[]; readonly index: readonly number[] };
  readonly mcd: {
    readonly columns: number;
    readonly values: readonly number[];
    readonly location: readonly number[];
    readonly covariance: readonly number[];
    readonly distance: readonly number[];
  };
  readonly eigen: {
    readonly matrix: readonly number[];
    readonly values: readonly number[];
    readonly vectors: readonly number[];
    readonly inverse: readonly number[];
    readonly logDet: number;
  };
  /** a, x, P(a, x), ln Γ(a). */
  readonly gamma: readonly (readonly [number, number, number, number])[];
  /** Degrees of freedom k, p, the p quantile, its probability with k + 2. */
  readonly chi: readonly (readonly [number, number, number, number])[];
};

/** What scikit-learn, PyOD, SciPy and NumPy say: made by test/golden/peers.py. */
export const peerGolden = JSON.parse(
  readFileSync(new URL('../golden/peers.json', import.meta.url), 'utf8'),
) as PeerGolden;

/** The largest difference of two numbers at the same place, relative to the size where that is above 1; NaN stays. */
export const worstDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? Number.NaN, b[i] ?? Number.NaN];
    const difference = Math.abs(x - y) / Math.max(1, Math.abs(y));
    worst = difference <= worst ? worst : difference;
  }
  return worst;
};
