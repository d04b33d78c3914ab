/** Rows of one DuckDB vector. */
export const VECTOR_SIZE = 2048;

/** A validity mask that costs nothing until something is missing. */
export type Validity = {
  setNull(row: number): void;
  /** Forgets what was missing from `row` on. */
  rewind(row: number): void;
  /** The mask of so many rows, whole vectors; null where nothing is missing. */
  finish(rows: number): ArrayBuffer | null;
};

export const createValidity = (): Validity => {
  let mask = new Uint8Array(0);
  const reserve = (rows: number): void => {
    const vectors = Math.ceil(rows / VECTOR_SIZE);
    const larger = new Uint8Array((vectors * VECTOR_SIZE) / 8).fill(255);
    larger.set(mask);
    mask = larger;
  };
  return {
    setNull: (row) => {
      if (row >= mask.length * 8) reserve(Math.max(row + 1, mask.length * 16));
      mask[row >> 3] = mask[row >> 3]! & ~(1 << (row & 7)); // hot: within what was reserved
    },
    rewind: (row) => {
      const first = row >> 3;
      if (first >= mask.length) return;
      mask[first] = (mask[first] ?? 0) | (255 << (row & 7));
      mask.fill(255, first + 1);
    },
    finish: (rows) => {
      if (mask.length === 0) return null;
      if (rows > mask.length * 8) reserve(rows);
      return mask.buffer;
    },
  };
};
