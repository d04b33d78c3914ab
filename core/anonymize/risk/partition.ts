/** Rows split into equivalence classes: `classOf[row]` is 0…count − 1, numbered by their first row. */
export type Partition = { readonly classOf: Uint32Array; readonly count: number };

/** All rows in one class. */
const undivided = (rows: number): Partition => ({ classOf: new Uint32Array(rows), count: rows > 0 ? 1 : 0 });

/** A column to split by: codes below `width`; `map` first turns each code into another. */
export type Splitter = {
  readonly codes: Uint32Array;
  readonly width: number;
  readonly map?: Uint32Array;
};

/** Splits every class by the codes of a column. Linear in the rows. */
export const refine = (partition: Partition, by: Splitter): Partition => {
  const rows = by.codes.length;
  const keys = new Float64Array(rows);
  const width = Math.max(1, by.width);
  const { codes, map } = by;
  // Within bounds by construction: these loops are the engine's inner loops.
  if (map === undefined) for (let i = 0; i < rows; i++) keys[i] = partition.classOf[i]! * width + codes[i]!;
  else for (let i = 0; i < rows; i++) keys[i] = partition.classOf[i]! * width + map[codes[i]!]!;
  return numberKeys(keys, partition.count * width);
};

/** Numbers equal keys 0…cells − 1 equally, in the order of their first appearance. */
export const numberKeys = (keys: Float64Array, cells: number): Partition =>
  cells <= Math.max(DENSE_LEAST, DENSE_PER_ROW * keys.length) ? numberDense(keys, cells) : numberHashed(keys);

/** The classes that several columns make together. */
export const partitionBy = (rows: number, columns: readonly Splitter[]): Partition =>
  columns.reduce(refine, undivided(rows));

/** Rows per class; with weights, the sum of the rows' weights. */
export const classSizes = ({ classOf, count }: Partition, weights?: Uint32Array): Uint32Array => {
  const sizes = new Uint32Array(count);
  // Within bounds by construction; hot loop.
  for (let row = 0; row < classOf.length; row++) sizes[classOf[row]!]! += weights === undefined ? 1 : weights[row]!;
  return sizes;
};

/** The first row of each class. */
export const firstRows = ({ classOf, count }: Partition): Uint32Array => {
  const first = new Uint32Array(count);
  // Classes are numbered by their first row.
  for (let row = 0, next = 0; next < count; row++) if (classOf[row] === next) first[next++] = row;
  return first;
};

const DENSE_LEAST = 4096;
const DENSE_PER_ROW = 4;

const numberDense = (keys: Float64Array, cells: number): Partition => {
  const numbers = new Uint32Array(cells);
  const classOf = new Uint32Array(keys.length);
  let count = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!; // below `cells`
    const known = numbers[key]!;
    classOf[i] = known === 0 ? count : known - 1;
    if (known === 0) numbers[key] = ++count;
  }
  return { classOf, count };
};

/** Open addressing over exact keys below 2^53; never more than half full. */
const numberHashed = (keys: Float64Array): Partition => {
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(2, keys.length) * 2));
  const mask = capacity - 1;
  const held = new Float64Array(capacity);
  const numbers = new Uint32Array(capacity);
  const classOf = new Uint32Array(keys.length);
  let count = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!; // i < length
    const high = (key / 2 ** 32) >>> 0;
    const mixed = Math.imul((key >>> 0) ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
    let place = (mixed ^ (mixed >>> 15)) & mask;
    while (numbers[place]! !== 0 && held[place] !== key) place = (place + 1) & mask; // masked
    const known = numbers[place]!;
    classOf[i] = known === 0 ? count : known - 1;
    if (known !== 0) continue;
    held[place] = key;
    numbers[place] = ++count;
  }
  return { classOf, count };
};
