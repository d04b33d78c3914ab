/** The same numbers with room for at least `length`. */
export const grownFloats = (array: Float64Array, length: number): Float64Array<ArrayBuffer> => {
  const larger = new Float64Array(Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
};

/** The same numbers with room for at least `length`. */
export const grownInts = (array: Int32Array, length: number): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
};
