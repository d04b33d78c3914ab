import { VECTOR_SIZE } from './validity.ts';

/**
 * Memory of columns that were stored, to be used again; emptied by those who take from it. It is shared, so that columns
 * go from thread to thread without a transfer: V8 counts what is transferred as growth of a heap, and collects it again
 * and again.
 */
export type SpareBuffers = SharedArrayBuffer[];

/** Makes the memory of one column, block after block. What lies in it is not cleared. */
export type ColumnBuffers = {
  /** A buffer with room for as many rows as the last block had. */
  begin(): SharedArrayBuffer;
  /** The same bytes with room for `rows`. */
  reserve(buffer: SharedArrayBuffer, rows: number): SharedArrayBuffer;
};

export const createColumnBuffers = (rowBytes: number, spare: SpareBuffers): ColumnBuffers => {
  let usual = VECTOR_SIZE;
  return {
    begin: () => takeBuffer(spare, usual * rowBytes) ?? new SharedArrayBuffer(usual * rowBytes),
    reserve: (buffer, rows) => {
      if (rows * rowBytes <= buffer.byteLength) return buffer;
      usual = Math.max(rows, Math.ceil((usual * 9) / 8));
      const larger = new SharedArrayBuffer(usual * rowBytes);
      new Uint8Array(larger).set(new Uint8Array(buffer));
      return larger;
    },
  };
};

/** Nothing yet. */
export const noWords = (): Int32Array<SharedArrayBuffer> => new Int32Array(new SharedArrayBuffer(0));

/** Takes the smallest spare buffer that suffices. */
export const takeBuffer = <Memory extends ArrayBufferLike>(spare: Memory[], bytes: number): Memory | undefined => {
  let best = -1;
  spare.forEach((buffer, i) => {
    const { byteLength } = buffer;
    if (byteLength >= bytes && byteLength < (spare[best]?.byteLength ?? Infinity)) best = i;
  });
  return best < 0 ? undefined : spare.splice(best, 1)[0];
};
