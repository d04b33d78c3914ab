const one = new Float32Array(1);
const bits = new Uint32Array(one.buffer);

/** A number below 2^53 that equal rows share, and different rows all but never; any two missing values are equal. */
export const rowKey = (values: Float32Array, from: number, columns: number): number => {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let at = from; at < from + columns; at++) {
    const value = values[at]!; // hot: rows × columns steps, inside the row
    one[0] = value + 0;
    const word = Number.isNaN(value) ? 0x7fc00000 : bits[0]!;
    a = Math.imul(a ^ word, 0xcc9e2d51);
    a ^= a >>> 15;
    b = Math.imul(b ^ word, 0x1b873593);
    b ^= b >>> 13;
  }
  return (a >>> 0) * 2 ** 21 + (b >>> 11);
};

/** The keys of many rows as one number; order counts. */
export const rowsKey = (values: Float32Array, rows: number, columns: number): number => {
  let hash = rows;
  for (let i = 0; i < rows; i++) hash = Math.imul(hash ^ (rowKey(values, i * columns, columns) | 0), 0x9e3779b1);
  return hash >>> 0;
};
