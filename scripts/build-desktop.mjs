#!/usr/bin/env node
// Bundles main process, preload script and engine for the desktop: `node scripts/build-desktop.mjs [--out DIR] [--engine FILE]`.
// A test hands over an entry of its own for the engine.
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { preludeFor } from './desktop-prelude.mjs';
import { EXTERNAL, workerEntries } from './worker-entries.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** One bundle each, sharing nothing: what one of them runs when it is loaded must not run in another. */
const ENTRIES = {
  main: 'main/electron/main.ts',
  preload: 'main/electron/preload.ts',
  engine: 'main/electron/engine-process.ts',
  ...workerEntries(root),
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
