import type { SubsetRisk } from './separation.ts';

export type ColumnContribution = {
  readonly column: number;
  /** Share of actors below k with this column alone, and how much of that share goes when it alone is left out of the set. */
  readonly alone: number;
  /** Null where not all subsets were looked at. */
  readonly leftOut: number | null;
  /** Its part of the share below k; the parts of all columns add up to it. Null where not all subsets were looked at. */
  readonly shapley: number | null;
};

export type PairContribution = {
  readonly columns: readonly [number, number];
  /** Share of actors below k with these two columns alone, and by how much that exceeds the worse of the two. */
  readonly together: number;
  readonly beyondSingles: number;
};

/**
 * What each column, and each pair, adds to the share of actors in classes below k. Columns are credited by the Shapley
 * value (Shapley 1953) of the game whose worth of a set of columns is that share: the mean, over all orders in which
 * columns could become known, of what this one adds.
 */
export const contributions = (
  subsets: readonly SubsetRisk[],
  columns: number,
): { readonly columns: readonly ColumnContribution[]; readonly pairs: readonly PairContribution[] } => {
  const worthOf = new Map(subsets.map((subset) => [maskOf(subset.columns), subset.belowK]));
  const worth = (mask: number): number => worthOf.get(mask) ?? 0;
  const all = 2 ** columns - 1;
  const isComplete = columns <= 30 && subsets.length === all;
  const places = Array.from({ length: columns }, (_, c) => c);
  const leftOut = (c: number): number | null => (isComplete ? worth(all) - worth(all - 2 ** c) : null);
  return {
    columns: places.map((column) => ({
      column,
      alone: worth(2 ** column),
      leftOut: leftOut(column),
      shapley: isComplete ? shapley(worth, column, columns) : null,
    })),
    pairs: places
      .flatMap((a) =>
        places.slice(a + 1).map((b): PairContribution => {
          const together = worth(2 ** a + 2 ** b);
          return { columns: [a, b], together, beyondSingles: together - Math.max(worth(2 ** a), worth(2 ** b)) };
        }),
      )
      .toSorted((x, y) => y.together - x.together),
  };
};

const maskOf = (columns: readonly number[]): number => columns.reduce((mask, c) => mask + 2 ** c, 0);

/** Σ over sets S without the column of |S|! (m − |S| − 1)! / m! · (v(S ∪ {c}) − v(S)). */
const shapley = (worth: (mask: number) => number, column: number, columns: number): number => {
  const weights = Array.from({ length: columns }, (_, size) => 1 / (columns * binomial(columns - 1, size)));
  let sum = 0;
  for (let mask = 0; mask < 2 ** columns; mask++) {
    if ((mask >> column) & 1) continue;
    sum += (weights[bitCount(mask)] ?? 0) * (worth(mask + 2 ** column) - worth(mask));
  }
  return sum;
};

const bitCount = (mask: number): number => {
  let bits = 0;
  for (let rest = mask; rest > 0; rest >>>= 1) bits += rest & 1;
  return bits;
};

const binomial = (n: number, k: number): number => {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return Math.round(result);
};
