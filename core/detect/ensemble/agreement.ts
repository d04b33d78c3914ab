import { spearman } from '../../math/correlation.ts';

/** How far detectors agree: symmetric matrices in the order of `names`. */
export type Agreement = {
  readonly names: readonly string[];
  /** Spearman's rank correlation of the scores; NaN where one of them is constant. */
  readonly rank: readonly (readonly number[])[];
  /** Share of one's strongest rows that are among the other's strongest. */
  readonly top: readonly (readonly number[])[];
  /** How many rows count as strongest. */
  readonly topRows: number;
};

/** Rows beyond which every k-th is looked at. */
const MOST_ROWS = 20_000;
const TOP_SHARE = 0.02;
const LEAST_TOP = 10;

/**
 * Agreement of detectors over the first `rows` rows: rank correlation over at most 20,000 of them, and the overlap of the
 * strongest one in fifty (at least ten), which is what a queue is about.
 */
export const agreementOf = (
  parts: readonly { readonly name: string; readonly score: Float64Array }[],
  rows: number,
): Agreement => {
  const step = Math.ceil(rows / MOST_ROWS);
  const thinned = parts.map(({ score }) =>
    Float64Array.from({ length: Math.ceil(rows / step) }, (_, k) => score[k * step] ?? 0),
  );
  const topRows = Math.min(rows, Math.max(LEAST_TOP, Math.round(rows * TOP_SHARE)));
  const tops = parts.map(({ score }) => topOf(score.subarray(0, rows), topRows));
  const pairs = (measure: (a: number, b: number) => number): number[][] => {
    const matrix = parts.map(() => parts.map(() => 1));
    for (let a = 0; a < parts.length; a++) {
      for (let b = 0; b < a; b++) {
        const value = measure(a, b);
        (matrix[a] ?? [])[b] = value;
        (matrix[b] ?? [])[a] = value;
      }
    }
    return matrix;
  };
  return {
    names: parts.map(({ name }) => name),
    rank: pairs((a, b) => spearman(thinned[a] ?? [], thinned[b] ?? [])),
    top: pairs((a, b) => overlap(tops[a] ?? new Set(), tops[b] ?? new Set())),
    topRows,
  };
};

const topOf = (scores: Float64Array, count: number): ReadonlySet<number> => {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  return new Set(order.subarray(0, count));
};

const overlap = (a: ReadonlySet<number>, b: ReadonlySet<number>): number => {
  let shared = 0;
  for (const row of a) if (b.has(row)) shared++;
  return a.size === 0 ? 0 : shared / a.size;
};
