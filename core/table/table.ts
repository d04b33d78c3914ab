/** Actors × features, column by column. A missing value is NaN. */
export type FeatureTable = {
  /** One pseudonym (or entity id) per row. */
  readonly actors: readonly string[];
  /** Events behind each row; 1 per row for an entity table. */
  readonly events: Float64Array;
  readonly names: readonly string[];
  /** `columns[j][i]` is feature `names[j]` of `actors[i]`. */
  readonly columns: readonly Float64Array[];
  /** Per column the number of levels of a category, whose values are then 0…levels − 1; 0 for a number. Default: all numbers. */
  readonly levels?: readonly number[];
};

/** A dense table, row by row: value of row i, column j at `values[i * columns + j]`. Missing is NaN. */
export type Matrix = {
  readonly rows: number;
  readonly columns: number;
  readonly names: readonly string[];
  /** May lie on a SharedArrayBuffer so that workers read it without a copy. */
  readonly values: Float32Array;
  /** Per column the number of levels of a category, whose values are then 0…levels − 1; 0 for a number. Default: all numbers. */
  readonly levels?: readonly number[];
};

/**
 * Some rows of a table, column by column as columnar files hold them: value of row i, column j at `values[j * capacity + i]`. Missing
 * is NaN.
 */
export type ColumnBatch = {
  readonly rows: number;
  readonly columns: number;
  /** Rows there is room for. */
  readonly capacity: number;
  /** May lie on a SharedArrayBuffer so that workers read it without a copy. */
  readonly values: Float32Array;
};

/** A table with the rows at `keep`, in that order. */
export const takeRows = (table: FeatureTable, keep: readonly number[]): FeatureTable => ({
  actors: keep.map((i) => table.actors[i] ?? ''),
  events: Float64Array.from(keep, (i) => table.events[i] ?? 0),
  names: table.names,
  columns: table.columns.map((column) => Float64Array.from(keep, (i) => column[i] ?? Number.NaN)),
  ...(table.levels === undefined ? {} : { levels: table.levels }),
});
