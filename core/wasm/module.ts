/** Bytes of a WebAssembly program or part of one (WebAssembly Core Specification 2.0, chapter 5). */
export type Code = readonly number[];

/** Unsigned LEB128 (section 5.2.2). */
const unsigned = (value: number): Code => (value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]);

const signed = (value: number): Code =>
  value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];

const vector = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];

const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];

/** `\0asm` and version 1. */
const HEADER: Code = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** Types of locals (section 5.3). */
export const LOCAL = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;

/** Prefix of the vector instructions. */
const simd = (code: number, ...more: readonly number[]): Code => [0xfd, ...unsigned(code), ...more];

/** The few instructions the kernels are made of, named as in the text format (section 5.4). */
export const wasm = {
  get: (local: number): Code => [0x20, ...unsigned(local)],
  set: (local: number): Code => [0x21, ...unsigned(local)],
  tee: (local: number): Code => [0x22, ...unsigned(local)],
  i32: (value: number): Code => [0x41, ...signed(value)],
  loadI32: (offset: number): Code => [0x28, 2, ...unsigned(offset)],
  loadF32: (offset: number): Code => [0x2a, 2, ...unsigned(offset)],
  loadF64: (offset: number): Code => [0x2b, 3, ...unsigned(offset)],
  storeI32: (offset: number): Code => [0x36, 2, ...unsigned(offset)],
  storeF64: (offset: number): Code => [0x39, 3, ...unsigned(offset)],
  addI32: [0x6a],
  multiplyI32: [0x6c],
  and: [0x71],
  or: [0x72],
  xor: [0x73],
  shiftLeft: [0x74],
  shiftRight: [0x75],
  lessUnsigned: [0x49],
  unequalF32: [0x5c],
  greaterF32: [0x5e],
  addF64: [0xa0],
  multiplyF64: [0xa2],
  toF32: [0xb6],
  toF64: [0xbb],
  zerosV128: simd(12, ...new Uint8Array(16)),
  loadV128: (offset: number): Code => simd(0, 4, ...unsigned(offset)),
  loadSplatF32: simd(9, 2, 0),
  loadSplatF64: (offset: number): Code => simd(10, 3, ...unsigned(offset)),
  storeV128: (offset: number): Code => simd(11, 4, ...unsigned(offset)),
  addF32x4: simd(228),
  multiplyF32x4: simd(230),
  addF64x2: simd(240),
  multiplyF64x2: simd(242),
  loop: [0x03, 0x40],
  repeatIf: [0x0d, 0],
  drop: [0x1a],
  end: [0x0b],
} as const;

/**
 * A module that imports the memory `env.memory` and exports one function `run` of `parameters` 32-bit integers without a
 * result. Locals are numbered on from the parameters: `[count, type]` after `[count, type]`.
 */
export const wasmModule = (
  parameters: number,
  locals: readonly (readonly [count: number, type: number])[],
  body: readonly Code[],
): Uint8Array => {
  const declared = vector(locals.map(([count, type]) => [...unsigned(count), type]));
  const code = [...declared, ...body.flat(), ...wasm.end];
  const name = (text: string): Code => vector(Array.from(new TextEncoder().encode(text), (byte) => [byte]));
  return Uint8Array.from([
    ...HEADER,
    ...section(1, vector([[0x60, ...vector(Array.from({ length: parameters }, () => [LOCAL.i32])), 0]])),
    ...section(2, vector([[...name('env'), ...name('memory'), 0x02, 0x00, 0x01]])),
    ...section(3, vector([[0]])),
    ...section(7, vector([[...name('run'), 0x00, 0x00]])),
    ...section(10, vector([[...unsigned(code.length), ...code]])),
  ]);
};
