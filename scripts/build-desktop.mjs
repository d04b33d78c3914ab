#!/usr/bin/env node
// Bundles main process, preload script and engine for the desktop: `node scripts/build-desktop.mjs [--out DIR] [--engine FILE]`.
// A test hands over an entry of its own for the engine.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { preludeFor } from './desktop-prelude.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Native code stays a package of its own; what loads only where it is installed is not bundled either. */
const EXTERNAL = ['electron', '@duckdb/node-bindings', '@tensorflow/tfjs-node'];

/** Modules that threads start with; their names differ, since bundles lie side by side. */
const workers = () =>
  readdirSync(join(root, 'core'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('-worker.ts'))
    .map((path) => join('core', path))
    .sort();

/** One bundle each, sharing nothing: what one of them runs when it is loaded must not run in another. */
const ENTRIES = {
  main: 'main/electron/main.ts',
  preload: 'main/electron/preload.ts',
  engine: 'main/electron/engine-process.ts',
  // Threads are started from files that lie beside the code that starts them.
  ...Object.fromEntries(workers().map((path) => [basename(path, '.ts'), path])),
};

/** Writes the desktop's bundles to `out`: CommonJS for the oldest runtime they are tested in. `engine`: the engine's entry. */
export const buildDesktop = async (out = join(root, 'dist', 'desktop'), engine = ENTRIES.engine) => {
  const { build } = await import('vite');
  const prelude = preludeFor(root);
  const url = "const __bundle_url = require('node:url').pathToFileURL(__filename).href;";
  const banner = prelude === null ? url : `require(${JSON.stringify(prelude)});\n${url}`;
  rmSync(out, { recursive: true, force: true });
  for (const [name, path] of Object.entries({ ...ENTRIES, engine })) {
    await build({
      configFile: false,
      root,
      logLevel: 'warn',
      publicDir: false,
      define: { 'import.meta.url': '__bundle_url' },
      ssr: { noExternal: true, external: EXTERNAL },
      build: {
        ssr: true,
        target: 'node16',
        outDir: out,
        emptyOutDir: false,
        minify: false,
        sourcemap: false,
        rolldownOptions: {
          input: { [name]: join(root, path) },
          external: EXTERNAL,
          output: {
            format: 'cjs',
            codeSplitting: false,
            entryFileNames: '[name].js',
            banner: name === 'preload' ? '' : banner, // the sandbox has no modules of Node
          },
        },
      },
    });
  }
  writeFileSync(join(out, 'package.json'), '{ "type": "commonjs", "main": "main.js" }\n');
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { out: { type: 'string' }, engine: { type: 'string' } } });
  await buildDesktop(values.out, values.engine);
}
