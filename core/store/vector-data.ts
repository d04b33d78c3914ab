import type { DuckDBVector } from '@duckdb/node-api';

export type VectorItems =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | BigInt64Array
  | BigUint64Array;

/**
 * The typed array behind a vector, or undefined where it has none. The package keeps it private, but reading value by
 * value costs a BigInt operation each; where the shape changes one day, undefined sends the caller to `getItem`.
 */
export const vectorItems = (vector: DuckDBVector): VectorItems | undefined => {
  if (!('items' in vector)) return undefined;
  const { items } = vector;
  if (!ArrayBuffer.isView(items) || items instanceof DataView) return undefined;
  return isNumberArray(items) ? items : undefined;
};

/** One bit per row, 1 where a value is; null when no row is NULL, undefined where it cannot be had. */
export const vectorValidity = (vector: DuckDBVector): Uint8Array | null | undefined => {
  if (!('validity' in vector)) return undefined;
  const { validity } = vector;
  if (typeof validity !== 'object' || validity === null || !('data' in validity)) return undefined;
  const { data } = validity;
  if (data === null) return null;
  if (!(data instanceof BigUint64Array)) return undefined;
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
};

const isNumberArray = (view: ArrayBufferView): view is VectorItems =>
  view instanceof Float64Array ||
  view instanceof Float32Array ||
  view instanceof Int32Array ||
  view instanceof Uint32Array ||
  view instanceof Int16Array ||
  view instanceof Uint16Array ||
  view instanceof Int8Array ||
  view instanceof Uint8Array ||
  view instanceof BigInt64Array ||
  view instanceof BigUint64Array;
