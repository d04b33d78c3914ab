#!/usr/bin/env node
// Bundles main process, preload script and engine for the desktop: `node scripts/build-desktop.mjs [--prelude FILE] [--out DIR]`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Native code stays a package of its own; what loads only where it is installed is not bundled either. */
const EXTERNAL = ['electron', '@duckdb/node-bindings', '@tensorflow/tfjs-node'];

/** Threads are started from files that lie beside the code that starts them. */
const ENTRIES = {
  main: 'main/electron/main.ts',
  engine: 'main/electron/engine-process.ts',
  'parse-worker': 'core/ingest/read/parse-worker.ts',
  'forest-worker': 'core/detect/isolation-forest/forest-worker.ts',
};

/**
 * Writes the desktop's bundles to `out`: CommonJS for the oldest runtime they are tested in. `prelude` is a file that
 * every one of them loads first, for a test runtime that lacks something; the product has none.
 */
export const buildDesktop = async (out = join(root, 'dist', 'desktop'), prelude = null) => {
  const { build } = await import('vite');
  const bundle = (input, emptyOutDir, banner) =>
    build({
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
        emptyOutDir,
        minify: false,
        sourcemap: false,
        rolldownOptions: {
          input,
          external: EXTERNAL,
          output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', banner },
        },
      },
    });
  const url = "const __bundle_url = require('node:url').pathToFileURL(__filename).href;";
  const first = prelude === null ? '' : `require(${JSON.stringify(resolve(prelude))});\n`;
  await bundle(
    Object.fromEntries(Object.entries(ENTRIES).map(([name, path]) => [name, join(root, path)])),
    true,
    `${first}${url}`,
  );
  await bundle({ preload: join(root, 'main/electron/preload.ts') }, false, '');
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'package.json'), '{ "type": "commonjs", "main": "main.js" }\n');
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { prelude: { type: 'string' }, out: { type: 'string' } } });
  await buildDesktop(values.out, values.prelude);
}
