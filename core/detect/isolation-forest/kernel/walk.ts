import { instantiate, LOCAL, wasm, wasmModule, type Code } from '../../../wasm/index.ts';

/** Rows that walk a tree side by side, since each waits for memory: with four at a time the whole takes 1.4 times as long. */
export const LANES = 8;

/** Adds the path lengths of rows over trees: addresses in the memory, in bytes; ends are exclusive. */
export type Walk = (tree: number, treeEnd: number, rows: number, rowsEnd: number, sums: number) => void;

/** The walk for trees of that depth, and the memory it works on. */
export const makeWalk = (depth: number, bytes: number): { readonly walk: Walk; readonly buffer: ArrayBuffer } => {
  const { run, buffer } = instantiate(`tree walk ${depth}`, () => walkModule(depth), bytes);
  return { walk: run, buffer };
};

const [TREE, TREE_END, ROWS, ROWS_END, SUMS, CURSOR, SLOT] = [0, 1, 2, 3, 4, 5, 6];
const NODE = 7;
const SUM = NODE + LANES;
const SLOT_BYTES = 8;

/**
 * WebAssembly for walking trees of one depth, which is unrolled: no check of bounds per value, and the comparison is added as
 * a number, since as a branch it is mispredicted half the time. A tree has 2·size slots of 8 bytes: slots 1…size − 1 are
 * nodes, where their column begins (bytes from the first) and the threshold as float32; slots size…2·size − 1 are path
 * lengths. Values are float32, column by column. Rows are taken `LANES` at a time; sums are float64, in the order of the trees.
 */
const walkModule = (depth: number): Uint8Array => {
  const { get, set, tee, i32, addI32, shiftLeft } = wasm;
  const lanes = Array.from({ length: LANES }, (_, lane) => lane);
  const slotOf = (lane: number): Code => [get(CURSOR), get(NODE + lane), i32(3), shiftLeft, addI32].flat();
  const advance = (local: number, bytes: number): Code => [get(local), i32(bytes), addI32, tee(local)].flat();
  /** node = 2·node + (value > threshold); NaN is above nothing. */
  const step = (lane: number): Code[] => [
    slotOf(lane),
    set(SLOT),
    [get(NODE + lane), i32(1), shiftLeft].flat(),
    [get(ROWS), get(SLOT), wasm.loadI32(0), addI32, wasm.loadF32(4 * lane)].flat(),
    [get(SLOT), wasm.loadF32(4), wasm.greaterF32, addI32].flat(),
    set(NODE + lane),
  ];
  const tree: Code[] = [
    ...lanes.flatMap((lane) => [i32(1), set(NODE + lane)]),
    ...Array.from({ length: depth }, () => lanes.flatMap(step)).flat(),
    ...lanes.flatMap((lane) => [get(SUM + lane), slotOf(lane), wasm.loadF64(0), wasm.addF64, set(SUM + lane)]),
    advance(CURSOR, 2 ** (depth + 1) * SLOT_BYTES),
  ];
  const locals = [
    [SUM - CURSOR, LOCAL.i32],
    [LANES, LOCAL.f64],
  ] as const;
  return wasmModule(5, locals, [
    wasm.loop,
    ...lanes.flatMap((lane) => [get(SUMS), wasm.loadF64(8 * lane), set(SUM + lane)]),
    [get(TREE), set(CURSOR)].flat(),
    wasm.loop,
    ...tree,
    [get(TREE_END), wasm.lessUnsigned, wasm.repeatIf, wasm.end].flat(),
    ...lanes.flatMap((lane) => [get(SUMS), get(SUM + lane), wasm.storeF64(8 * lane)]),
    [advance(SUMS, 8 * LANES), wasm.drop].flat(),
    advance(ROWS, 4 * LANES),
    [get(ROWS_END), wasm.lessUnsigned, wasm.repeatIf, wasm.end].flat(),
  ]);
};
