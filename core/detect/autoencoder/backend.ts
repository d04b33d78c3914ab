import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { NightjarError } from '../../api/errors.ts';
import type { Backend, BackendName } from '../schema.ts';
import { createSimdNetwork } from './kernel/network.ts';
import type { Network } from './network.ts';
import { createTensorFlowNetwork, type TensorFlow } from './tensorflow-network.ts';

/**
 * A numeric engine, and how to make a network on it: layer sizes, weights as `initialWeights` has them, and the most rows it
 * will be given where that is known.
 */
export type LoadedBackend = Backend & {
  createNetwork(sizes: readonly number[], initial: Float32Array, mostRows?: number): Network;
};

type TensorFlowName = Exclude<BackendName, 'simd'>;

const require = createRequire(import.meta.url);
const REGISTERED_AS = { native: 'tensorflow', wasm: 'wasm', cpu: 'cpu' } as const;
const loaded = new Map<TensorFlowName, TensorFlow>();
const SIMD_VERSION = '1';

/**
 * The numeric engine: by default our own kernel (`simd`), which loads everywhere and outruns the others; or, when asked
 * for, TensorFlow.js on its native library, in WebAssembly or in plain JavaScript, which is made its current backend.
 * `usage` when that does not load. Everything is read from the installed packages; nothing is fetched.
 */
export const chooseBackend = async (preference: BackendName = 'simd'): Promise<LoadedBackend> => {
  if (preference === 'simd')
    return { name: 'simd', version: SIMD_VERSION, why: 'own kernel', createNetwork: createSimdNetwork };
  const tf = await loadTensorFlow(preference);
  return {
    name: preference,
    version: tf.version_core,
    why: 'asked for',
    createNetwork: (sizes, initial) => createTensorFlowNetwork(tf, sizes, initial),
  };
};

/** TensorFlow.js with this backend as its current one; one at a time: it gives up a start that another overtakes. */
export const loadTensorFlow = (name: TensorFlowName): Promise<TensorFlow> => {
  const mine = turn.then(() => load(name));
  turn = mine.catch(() => undefined); // told to the caller
  return mine;
};

let turn: Promise<unknown> = Promise.resolve();

const load = async (name: TensorFlowName): Promise<TensorFlow> => {
  const result = loaded.get(name) ?? (await tryBackend(name));
  if (typeof result === 'string') {
    throw new NightjarError('usage', 'The numeric engine asked for does not load.', {
      where: `${name}: ${result}`,
      next: 'Leave the backend out, or choose simd, wasm or cpu.',
    });
  }
  loaded.set(name, result);
  await result.setBackend(REGISTERED_AS[name]);
  return result;
};

const tryBackend = async (name: TensorFlowName): Promise<TensorFlow | string> => {
  const tf = await import('@tensorflow/tfjs-core');
  tf.enableProdMode();
  try {
    if (name === 'native') await loadNative();
    else if (name === 'wasm') await loadWasm();
    else await import('@tensorflow/tfjs-backend-cpu');
    return (await tf.setBackend(REGISTERED_AS[name])) ? tf : 'does not start';
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && /MODULE_NOT_FOUND/.test(String(error.code));
    return missing ? 'not installed' : 'does not load';
  }
};

const loadNative = async (): Promise<void> => {
  const util: Record<string, unknown> = require('node:util');
  // tfjs-node 4.22 calls util.isNullOrUndefined, which Node 23 removed.
  util['isNullOrUndefined'] ??= (value: unknown) => value === undefined || value === null;
  const optional: string = '@tensorflow/tfjs-node';
  await import(optional);
};

const loadWasm = async (): Promise<void> => {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const binary = require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm');
  wasm.setWasmPaths(`${dirname(binary)}/`);
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set(process.rawListeners(event)));
  const tf = await import('@tensorflow/tfjs-core');
  await tf.setBackend('wasm');
  // Its loader installs process-wide handlers that rethrow: an engine must not decide that.
  events.forEach((event, k) => {
    for (const listener of process.rawListeners(event)) {
      if (before[k]?.has(listener) === false) {
        process.removeListener(event, listener as (...parts: unknown[]) => void);
      }
    }
  });
};
