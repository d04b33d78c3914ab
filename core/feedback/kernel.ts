import { likenessTo } from './likeness.ts';
import type { Label, Leaves, Prior } from './schema.ts';

/** Variance of the log-odds before labels: common to all rows, per unit of a view's weight, and of the leaves. */
export type Variances = { readonly common: number; readonly view: number; readonly leaf: number };

/** Covariance of log-odds before labels. */
export type Kernel = {
  /** Among the labelled rows, m × m. */
  readonly among: () => Float64Array;
  /** Of any row with the labelled ones. The array is overwritten by the next call. */
  readonly withLabels: (row: number) => Float64Array;
  /** Of a row with itself. */
  readonly own: (row: number) => number;
};

/** The kernel of a logistic regression on a constant, the views' tail ranks and the leaves of a forest, with normal weights. */
export const makeKernel = (
  { views }: Prior,
  leaves: Leaves,
  labels: readonly Label[],
  variances: Variances,
): Kernel => {
  const m = labels.length;
  const alike = likenessTo(
    leaves,
    labels.map(({ row }) => row),
  );
  const ofLabels = views.map(({ tailRank }) => Float64Array.from(labels, ({ row }) => tailRank[row] ?? 0));
  const covariances = new Float64Array(m);
  const withLabels = (row: number): Float64Array => {
    alike(row, covariances);
    // Hot loops: once per label, view and row at the top; `!` on indices that the loops bound.
    for (let i = 0; i < m; i++) covariances[i] = variances.common + variances.leaf * covariances[i]!;
    for (let v = 0; v < views.length; v++) {
      const { tailRank, weight } = views[v]!;
      const factor = variances.view * weight * tailRank[row]!;
      const others = ofLabels[v]!;
      for (let i = 0; i < m; i++) covariances[i]! += factor * others[i]!;
    }
    return covariances;
  };
  return {
    among: () => {
      const square = new Float64Array(m * m);
      labels.forEach(({ row }, i) => square.set(withLabels(row), i * m));
      return square;
    },
    withLabels,
    own: (row) =>
      views.reduce(
        (total, { tailRank, weight }) => total + variances.view * weight * (tailRank[row] ?? 0) ** 2,
        variances.common + (leaves.trees > 0 ? variances.leaf : 0),
      ),
  };
};
