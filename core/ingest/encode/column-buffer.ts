import { VECTOR_SIZE } from './validity.ts';

/** Memory of columns that were stored, to be used again; emptied by those who take from it. */
export type SpareBuffers = ArrayBuffer[];

/** Makes the memory of one column, block after block. What lies in it is not cleared. */
export type ColumnBuffers = {
  /** A buffer with room for as many rows as the last block had. */
  begin(): ArrayBuffer;
  /** The same bytes with room for `rows`. */
  reserve(buffer: ArrayBuffer, rows: number): ArrayBuffer;
};

export const createColumnBuffers = (rowBytes: number, spare: SpareBuffers): ColumnBuffers => {
  let usual = VECTOR_SIZE;
  return {
    begin: () => takeBuffer(spare, usual * rowBytes) ?? new ArrayBuffer(usual * rowBytes),
    reserve: (buffer, rows) => {
      if (rows * rowBytes <= buffer.byteLength) return buffer;
      usual = Math.max(rows, Math.ceil((usual * 9) / 8));
      const larger = new ArrayBuffer(usual * rowBytes);
      new Uint8Array(larger).set(new Uint8Array(buffer));
      return larger;
    },
  };
};

/** Takes the smallest spare buffer that suffices. */
export const takeBuffer = (spare: SpareBuffers, bytes: number): ArrayBuffer | undefined => {
  let best = -1;
  spare.forEach((buffer, i) => {
    const { byteLength } = buffer;
    if (byteLength >= bytes && byteLength < (spare[best]?.byteLength ?? Infinity)) best = i;
  });
  return best < 0 ? undefined : spare.splice(best, 1)[0];
};
