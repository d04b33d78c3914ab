/** Rows of one DuckDB vector. */
export const VECTOR_SIZE = 2048;

/** A validity mask that costs nothing until something is missing. */
export type Validity = {
  setNull(row: number): void;
  setPresent(row: number): void;
  finish(): ArrayBuffer | null;
};

export const createValidity = (capacity: number): Validity => {
  let mask: Uint8Array<ArrayBuffer> | null = null;
  return {
    setNull: (row) => {
      mask ??= new Uint8Array((Math.ceil(capacity / VECTOR_SIZE) * VECTOR_SIZE) / 8).fill(255);
      mask[row >> 3] = (mask[row >> 3] ?? 0) & ~(1 << (row & 7));
    },
    setPresent: (row) => {
      if (mask) mask[row >> 3] = (mask[row >> 3] ?? 0) | (1 << (row & 7));
    },
    finish: () => mask?.buffer ?? null,
  };
};
