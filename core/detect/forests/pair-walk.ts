import { LOCAL, wasm, wasmModule, type Code } from '../../wasm/index.ts';
import { FIRST, LIMIT, NEXT, NODE_WORDS, SECOND, WORD_BYTES } from './pair-layout.ts';

/** Trees that are walked side by side, because each walk waits for memory: with four the whole takes a sixth longer. */
export const TREES_TOGETHER = 10;

/**
 * Where the rows from `row` to `rowsEnd`, `rowBytes` apart, leave the trees whose roots lie from `root` on, `treeBytes` apart: the
 * leaf's place per row and tree goes to `leaves`. All are places in the memory, in bytes.
 */
export type PairWalk = (
  root: number,
  treeBytes: number,
  row: number,
  rowsEnd: number,
  rowBytes: number,
  leaves: number,
) => void;

const lanes = Array.from({ length: TREES_TOGETHER }, (_, lane) => lane);
const [ROOT, TREE_BYTES, ROW, ROWS_END, ROW_BYTES, LEAVES] = [0, 1, 2, 3, 4, 5];
const NODE = LEAVES + 1;
const NEXT_NODE = NODE + TREES_TOGETHER;
const LINK = NEXT_NODE + TREES_TOGETHER;
const SUM = LINK + 1;

/**
 * WebAssembly for walks through nodes in pairs (`PairNodes`): no check of bounds per value, and comparisons are added as
 * numbers, since as branches they are mispredicted half the time. A leaf leads to itself, as its threshold is infinite: the
 * walks go on until none has moved. Sums are made in double precision and rounded once, as everywhere else.
 */
export const pairWalkModule = (): Uint8Array => {
  const { get, set, i32, loadI32, loadF32, addI32, toF64 } = wasm;
  const at = (node: number, word: number): Code => [...get(node), ...loadF32(word * WORD_BYTES)];
  /** Coefficient · value. */
  const term = (node: number, coefficient: number, column: number): Code =>
    [
      at(node, coefficient),
      toF64,
      [get(ROW), get(node), loadI32(column * WORD_BYTES), addI32, loadF32(0), toF64].flat(),
      wasm.multiplyF64,
    ].flat();
  /** The left child, or the one beside it where the sum is above the threshold, or missing and sent there. */
  const step = (lane: number): Code => {
    const node = NODE + lane;
    return [
      [term(node, 0, FIRST), term(node, 1, SECOND), wasm.addF64, wasm.toF32, set(SUM)].flat(),
      [get(node), loadI32(NEXT * WORD_BYTES), set(LINK)].flat(),
      [get(SUM), at(node, LIMIT), wasm.greaterF32].flat(),
      [get(SUM), get(SUM), wasm.unequalF32, get(LINK), wasm.and, wasm.or].flat(),
      [i32(NODE_WORDS * WORD_BYTES), wasm.multiplyI32].flat(),
      [get(LINK), i32(1), wasm.shiftRight, addI32, set(NEXT_NODE + lane)].flat(),
    ].flat();
  };
  const moved = (lane: number): Code => [...get(NEXT_NODE + lane), ...get(NODE + lane), ...wasm.xor];
  const locals = [
    [LINK + 1 - NODE, LOCAL.i32],
    [1, LOCAL.f32],
  ] as const;
  return wasmModule(LEAVES + 1, locals, [
    wasm.loop,
    ...lanes.map((lane) => [get(ROOT), get(TREE_BYTES), i32(lane), wasm.multiplyI32, addI32, set(NODE + lane)].flat()),
    wasm.loop,
    ...lanes.map(step),
    ...lanes.map((lane) => (lane === 0 ? moved(lane) : [...moved(lane), ...wasm.or])),
    ...lanes.map((lane) => [...get(NEXT_NODE + lane), ...set(NODE + lane)]),
    [wasm.repeatIf, wasm.end].flat(),
    ...lanes.map((lane) => [...get(LEAVES), ...get(NODE + lane), ...wasm.storeI32(lane * WORD_BYTES)]),
    [get(LEAVES), i32(TREES_TOGETHER * WORD_BYTES), addI32, set(LEAVES)].flat(),
    [get(ROW), get(ROW_BYTES), addI32, wasm.tee(ROW)].flat(),
    [get(ROWS_END), wasm.lessUnsigned, wasm.repeatIf, wasm.end].flat(),
  ]);
};
