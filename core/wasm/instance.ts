type Module = { readonly module: true };
type Memory = { readonly buffer: ArrayBuffer };

/** What is used of the engine's WebAssembly, which Node's types leave to the browser's. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => Module;
  readonly Memory: new (limits: { readonly initial: number }) => Memory;
  readonly Instance: new (
    module: Module,
    imports: { readonly env: { readonly memory: Memory } },
  ) => { readonly exports: { readonly run: (...parameters: readonly number[]) => void } };
};

const PAGE_BYTES = 65_536;
const modules = new Map<string, Module>();

export type WasmInstance = {
  /** The program: 32-bit integers in, nothing out. */
  readonly run: (...parameters: readonly number[]) => void;
  readonly buffer: ArrayBuffer;
};

/** A program on a memory of its own of at least so many bytes. What `program` writes is compiled once per name. */
export const instantiate = (name: string, program: () => Uint8Array, bytes: number): WasmInstance => {
  const module = modules.get(name) ?? new WebAssembly.Module(program());
  modules.set(name, module);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  return { run: new WebAssembly.Instance(module, { env: { memory } }).exports.run, buffer: memory.buffer };
};
