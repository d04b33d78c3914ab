#!/usr/bin/env node
// Compiles the library into dist/core (one file for one, with types) and bundles the command line into dist/cli, side by side:
// `node scripts/build-engine.mjs`. A process that loads a bundle starts three times as fast as one that loads 1,200 modules.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXTERNAL, workerEntries } from './worker-entries.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** TensorFlow.js looks for its WebAssembly beside its own files. */
const PACKAGES = [
  ...EXTERNAL,
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-core',
];

/** `child` runs the engine in a process of its own. */
const ENTRIES = { cli: 'main/cli/main.ts', child: 'main/engine/child.ts', ...workerEntries(root) };

/**
 * All entries in one folder, as modules that share what they have in common: what is imported late is loaded late, and threads
 * find their modules beside the one that starts them.
 */
const bundle = async () => {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: PACKAGES },
    build: {
      ssr: true,
      target: 'node20',
      outDir: join(root, 'dist', 'cli'),
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(ENTRIES).map(([name, path]) => [name, join(root, path)])),
        external: PACKAGES,
        output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
};

const compiler = join(root, 'node_modules/@typescript/native/bin/tsc');
const compiled = spawn(process.execPath, [compiler, '-b', join(root, 'tsconfig.json')], { stdio: 'inherit' });
const [[code]] = await Promise.all([once(compiled, 'exit'), bundle()]);
process.exit(code ?? 1);
