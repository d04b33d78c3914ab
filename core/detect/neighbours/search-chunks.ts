import type { Centres } from './microaggregate.ts';
import { makeSearch, searchRows, type Nearest, type Search } from './tile.ts';

/** Rows to look up: everything large lies on shared memory when other threads take part. */
export type SearchJob = {
  readonly centres: Centres;
  readonly values: Float32Array;
  readonly rows: number;
  readonly nearest: Nearest;
};

/** Rows a thread takes at a time. */
export const CHUNK_ROWS = 256;

/** What looks up chunk i of a job: rows [i, i + 1) · CHUNK_ROWS. */
export const searchChunks = ({ centres, values, rows, nearest }: SearchJob): ((chunk: number) => void) => {
  const search = searches.get(centres) ?? makeSearch(centres);
  searches.set(centres, search);
  return (chunk) => {
    const from = chunk * CHUNK_ROWS;
    searchRows(search, values, from, Math.min(rows, from + CHUNK_ROWS), nearest);
  };
};

/** Kept as long as the centres: few rows are often looked up, many times. */
const searches = new WeakMap<Centres, Search>();
