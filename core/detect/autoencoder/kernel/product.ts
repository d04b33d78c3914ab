import { instantiate, LOCAL, wasm, wasmModule, type Code } from '../../../wasm/index.ts';

/** Rows and columns of the result computed side by side: 4 × 2 vectors of 4 floats, which fit the registers. */
export const TILE_ROWS = 4;
export const TILE_COLUMNS = 8;

/**
 * C = A · B in float32. Addresses and strides are in bytes: element (i, k) of A at `a + i·aRow + k·aDepth`, row k of B at
 * `b + k·bRow`, row i of C at `c + i·cRow`. `rows` must be a multiple of 4, `columns` of 8, `depth` at least 1. Each sum
 * runs over k upwards, rounded after each product and each sum: the same bits on every machine.
 */
export type Product = (
  rows: number,
  columns: number,
  depth: number,
  a: number,
  aRow: number,
  aDepth: number,
  b: number,
  bRow: number,
  c: number,
  cRow: number,
) => void;

/**
 * The product on a memory of at least so many float32 numbers, its addresses and strides counted in numbers, and the memory.
 */
export const makeProduct = (length: number): { readonly product: Product; readonly memory: Float32Array } => {
  const { run, buffer } = instantiate('matrix product', productModule, length * 4);
  const product: Product = (rows, columns, depth, a, aRow, aDepth, b, bRow, c, cRow) =>
    run(rows, columns, depth, 4 * a, 4 * aRow, 4 * aDepth, 4 * b, 4 * bRow, 4 * c, 4 * cRow);
  return { product, memory: new Float32Array(buffer) };
};

const [ROWS, COLUMNS, DEPTH, A, A_ROW, A_DEPTH, B, B_ROW, C, C_ROW] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const [LEFT, K, B_AT, B_TILE, C_AT, C_TILE, A_AT] = [10, 11, 12, 13, 14, 15, 16];
const INTEGERS = A_AT + TILE_ROWS - LEFT;
const VALUE = LEFT + INTEGERS;
const LOW = VALUE + 1;
const HIGH = VALUE + 2;
const SUM = VALUE + 3;
const VECTORS = 3 + 2 * TILE_ROWS;

/** The product as WebAssembly. */
const productModule = (): Uint8Array => {
  const { get, set, tee, i32, addI32: add } = wasm;
  const line = (...parts: readonly Code[]): Code => parts.flat();
  const everyRow = (code: (row: number) => Code): Code =>
    Array.from({ length: TILE_ROWS }, (_, row) => code(row)).flat();
  const advance = (local: number, by: Code): Code => line(get(local), by, add, set(local));
  const repeat = (local: number, by: number, body: Code): Code =>
    line(wasm.loop, body, get(local), i32(-by), add, tee(local), wasm.repeatIf, wasm.end);
  const addProduct = (sum: number, half: number): Code =>
    line(get(sum), get(VALUE), get(half), wasm.multiplyF32x4, wasm.addF32x4, set(sum));
  const step = line(
    line(get(B_AT), wasm.loadV128(0), set(LOW), get(B_AT), wasm.loadV128(16), set(HIGH)),
    everyRow((row) =>
      line(
        line(get(A_AT + row), wasm.loadSplatF32, set(VALUE)),
        line(addProduct(SUM + 2 * row, LOW), addProduct(SUM + 2 * row + 1, HIGH)),
        advance(A_AT + row, get(A_DEPTH)),
      ),
    ),
    advance(B_AT, get(B_ROW)),
  );
  const tile = line(
    line(get(A), set(A_AT), get(B_TILE), set(B_AT), get(C_TILE), set(C_AT), get(DEPTH), set(K)),
    everyRow((row) => (row === 0 ? [] : line(get(A_AT + row - 1), get(A_ROW), add, set(A_AT + row)))),
    everyRow((row) => line(wasm.zerosV128, set(SUM + 2 * row), wasm.zerosV128, set(SUM + 2 * row + 1))),
    repeat(K, 1, step),
    everyRow((row) =>
      line(
        line(get(C_AT), get(SUM + 2 * row), wasm.storeV128(0), get(C_AT), get(SUM + 2 * row + 1), wasm.storeV128(16)),
        advance(C_AT, get(C_ROW)),
      ),
    ),
    line(advance(B_TILE, i32(4 * TILE_COLUMNS)), advance(C_TILE, i32(4 * TILE_COLUMNS))),
  );
  const toNextRows = (local: number, stride: number): Code =>
    advance(local, line(get(stride), i32(TILE_ROWS), wasm.multiplyI32));
  const tiles = line(
    line(get(B), set(B_TILE), get(C), set(C_TILE), get(COLUMNS), set(LEFT)),
    repeat(LEFT, TILE_COLUMNS, tile),
    line(toNextRows(A, A_ROW), toNextRows(C, C_ROW)),
  );
  const locals = [
    [INTEGERS, LOCAL.i32],
    [VECTORS, LOCAL.v128],
  ] as const;
  return wasmModule(C_ROW + 1, locals, [repeat(ROWS, TILE_ROWS, tiles)]);
};
