import { sumOverClasses, type SizeTable } from './class-sizes.ts';

export type KAnonymity = {
  /** The smallest class: the table is k-anonymous for this k and no larger; 0 for an empty table. */
  readonly smallest: number;
  readonly classes: number;
  readonly actors: number;
  readonly meanSize: number;
  /** Classes smaller than the k asked for, and the actors in them. */
  readonly below: { readonly k: number; readonly classes: number; readonly actors: number };
  /** Classes by size: 1, 2, 3–4, 5–9, 10–19, 20–49, 50–99, 100 and more. */
  readonly distribution: readonly {
    readonly from: number;
    readonly to: number | null;
    readonly classes: number;
    readonly actors: number;
  }[];
};

/** k-anonymity of a table (Samarati & Sweeney 1998; Sweeney 2002): every class of equal quasi-identifiers holds at least k actors. */
export const kAnonymity = (table: SizeTable, k: number): KAnonymity => ({
  smallest: table.sizes[0] ?? 0,
  classes: table.classCount,
  actors: table.rows,
  meanSize: table.classCount === 0 ? 0 : table.rows / table.classCount,
  below: {
    k,
    classes: sumOverClasses(table, (size) => (size < k ? 1 : 0)),
    actors: sumOverClasses(table, (size) => (size < k ? size : 0)),
  },
  distribution: BANDS.map((from, i) => {
    const to = BANDS[i + 1] === undefined ? null : (BANDS[i + 1] ?? 0) - 1;
    const isIn = (size: number): boolean => size >= from && (to === null || size <= to);
    return {
      from,
      to,
      classes: sumOverClasses(table, (size) => (isIn(size) ? 1 : 0)),
      actors: sumOverClasses(table, (size) => (isIn(size) ? size : 0)),
    };
  }),
});

const BANDS = [1, 2, 3, 5, 10, 20, 50, 100];
