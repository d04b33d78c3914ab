import { instantiate, LOCAL, wasm, wasmModule, type Code } from '../../wasm/index.ts';

/** Rows and centres whose products are made together, in registers. */
export const TILE_ROWS = 4;
export const TILE_CENTRES = 4;
/** Centres beside each other, a double each in one vector. */
const PAIR = 2;
const DOUBLE_BYTES = 8;
const VECTOR_BYTES = PAIR * DOUBLE_BYTES;

/** Products of `TILE_ROWS` rows with all centres. */
export type Products = {
  /** The rows, one after the other: to be filled before `run`. */
  readonly queries: Float64Array;
  /** Centres by twos: value j of centre c at (c >> 1) · 2 · columns + 2 · j + (c & 1). */
  readonly values: Float64Array;
  /** Row by row, what `run` makes of them. */
  readonly products: Float64Array;
  readonly run: () => void;
};

/** Room for so many centres, a multiple of `TILE_CENTRES`, whose values are still to be written. */
export const makeProducts = (centres: number, columns: number): Products => {
  const [queryCount, valueCount, productCount] = [TILE_ROWS * columns, centres * columns, TILE_ROWS * centres];
  const valuesAt = queryCount * DOUBLE_BYTES;
  const productsAt = valuesAt + valueCount * DOUBLE_BYTES;
  const name = `products of ${centres} × ${columns}`;
  const bytes = productsAt + productCount * DOUBLE_BYTES;
  const { run, buffer } = instantiate(name, () => productsModule(centres, columns, valuesAt, productsAt), bytes);
  return {
    queries: new Float64Array(buffer, 0, queryCount),
    values: new Float64Array(buffer, valuesAt, valueCount),
    products: new Float64Array(buffer, productsAt, productCount),
    run,
  };
};

const [CENTRE, PRODUCT, QUERY, END] = [0, 1, 2, 3];
const FIRST = END + 1;
const SPLAT = FIRST + TILE_CENTRES / PAIR;
const SUM = SPLAT + 1;

/**
 * WebAssembly for x·c in double precision, two centres to a vector and eight vectors of sums in registers. Every sum is added
 * in the order of the columns: the same bits as one by one.
 */
const productsModule = (centres: number, columns: number, valuesAt: number, productsAt: number): Uint8Array => {
  const { get, set, i32, addI32 } = wasm;
  const rows = Array.from({ length: TILE_ROWS }, (_, row) => row);
  const pairs = Array.from({ length: TILE_CENTRES / PAIR }, (_, pair) => pair);
  const sum = (row: number, pair: number): number => SUM + row * pairs.length + pair;
  const pairBytes = columns * VECTOR_BYTES;
  const advance = (local: number, bytes: number): Code => [...get(local), ...i32(bytes), ...addI32, ...set(local)];
  const addRow = (row: number): Code => [
    ...[get(QUERY), wasm.loadSplatF64(row * columns * DOUBLE_BYTES), set(SPLAT)].flat(),
    ...pairs.flatMap((pair) =>
      [
        get(sum(row, pair)),
        get(SPLAT),
        get(FIRST + pair),
        wasm.multiplyF64x2,
        wasm.addF64x2,
        set(sum(row, pair)),
      ].flat(),
    ),
  ];
  const store = (row: number, pair: number): Code =>
    [get(PRODUCT), get(sum(row, pair)), wasm.storeV128(row * centres * DOUBLE_BYTES + pair * VECTOR_BYTES)].flat();
  const locals = [
    [END - CENTRE + 1, LOCAL.i32],
    [SUM - FIRST + TILE_ROWS * pairs.length, LOCAL.v128],
  ] as const;
  return wasmModule(0, locals, [
    [i32(valuesAt), set(CENTRE), i32(productsAt), set(PRODUCT)].flat(),
    [i32(productsAt + centres * DOUBLE_BYTES), set(END)].flat(),
    wasm.loop,
    ...rows.flatMap((row) => pairs.map((pair) => [...wasm.zerosV128, ...set(sum(row, pair))])),
    [i32(0), set(QUERY)].flat(),
    wasm.loop,
    ...pairs.map((pair) => [get(CENTRE), wasm.loadV128(pair * pairBytes), set(FIRST + pair)].flat()),
    ...rows.map(addRow),
    advance(CENTRE, VECTOR_BYTES),
    [...get(QUERY), ...i32(DOUBLE_BYTES), ...addI32, ...wasm.tee(QUERY)],
    [i32(columns * DOUBLE_BYTES), wasm.lessUnsigned, wasm.repeatIf, wasm.end].flat(),
    ...rows.flatMap((row) => pairs.map((pair) => store(row, pair))),
    advance(CENTRE, (pairs.length - 1) * pairBytes),
    [...get(PRODUCT), ...i32(TILE_CENTRES * DOUBLE_BYTES), ...addI32, ...wasm.tee(PRODUCT)],
    [get(END), wasm.lessUnsigned, wasm.repeatIf, wasm.end].flat(),
  ]);
};
