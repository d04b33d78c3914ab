import type * as TfCore from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { NightjarError } from '../../api/errors.ts';
import type { Backend, BackendName } from '../schema.ts';

/** The part of TensorFlow.js used here: its core, without layers, data or browser backends. */
export type TensorFlow = typeof TfCore;

export type LoadedBackend = Backend & { readonly tf: TensorFlow };

const require = createRequire(import.meta.url);
const ORDER: readonly BackendName[] = ['native', 'wasm', 'cpu'];
const REGISTERED_AS = { native: 'tensorflow', wasm: 'wasm', cpu: 'cpu' } as const;
const loaded = new Map<BackendName, LoadedBackend>();

/**
 * Loads the first numeric engine that works, in the order native, WebAssembly, plain JavaScript,
 * and makes it TensorFlow.js's current one. A preference is binding: `usage` when it does not
 * load. Everything is read from the installed packages; nothing is fetched.
 */
export const chooseBackend = (preference?: BackendName): Promise<LoadedBackend> => {
  const mine = turn.then(() => choose(preference));
  turn = mine.catch(() => undefined); // told to the caller
  return mine;
};

/** One at a time: TensorFlow.js gives up a start of a backend that is overtaken by another. */
let turn: Promise<unknown> = Promise.resolve();

const choose = async (preference: BackendName | undefined): Promise<LoadedBackend> => {
  const failures: string[] = [];
  for (const name of preference === undefined ? ORDER : [preference]) {
    const known = loaded.get(name);
    const result = known ?? (await tryBackend(name));
    if (typeof result === 'string') {
      failures.push(`${name}: ${result}`);
      continue;
    }
    const why = preference === undefined ? ['first that works', ...failures].join('; ') : 'asked for';
    const backend = { ...result, why };
    loaded.set(name, backend);
    await backend.tf.setBackend(REGISTERED_AS[name]);
    return backend;
  }
  throw new NightjarError('usage', 'The numeric engine asked for does not load.', {
    where: failures.join('; '),
    next: 'Leave the backend out, or choose wasm or cpu.',
  });
};

const tryBackend = async (name: BackendName): Promise<LoadedBackend | string> => {
  const tf = await import('@tensorflow/tfjs-core');
  tf.enableProdMode();
  try {
    if (name === 'native') await loadNative();
    else if (name === 'wasm') await loadWasm();
    else await import('@tensorflow/tfjs-backend-cpu');
    const works = await tf.setBackend(REGISTERED_AS[name]);
    return works ? { name, version: tf.version_core, why: '', tf } : 'does not start';
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
