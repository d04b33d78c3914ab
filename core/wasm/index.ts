export { instantiate, type WasmInstance } from './instance.ts';
export { LOCAL, wasm, wasmModule, type Code } from './module.ts';
