#!/usr/bin/env node
// `npm run package`: the unpacked app of this system, in dist/package. With ELECTRON_OVERRIDE_DIST_PATH it is built around
// the runtime in that folder. `--prelude FILE` is for a test runtime that lacks something (scripts/build-desktop.mjs).
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildDesktop } from './build-desktop.mjs';
import { ensurePage } from './ensure-built.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const { values } = parseArgs({ options: { prelude: { type: 'string' }, out: { type: 'string' } } });

ensurePage(root);
await buildDesktop(join(root, 'dist', 'desktop'), values.prelude ?? null);

const runtime = process.env.ELECTRON_OVERRIDE_DIST_PATH;
const version = (folder) => {
  const path = join(folder, 'version');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().replace(/^v/u, '') : undefined;
};
const { build, Platform } = createRequire(import.meta.url)('electron-builder');
await build({
  targets: Platform.current().createTarget('dir'),
  publish: 'never',
  config: {
    extends: join(root, 'electron-builder.yml'),
    extraMetadata: { main: 'dist/desktop/main.js' },
    ...(values.out === undefined ? {} : { directories: { output: values.out } }),
    ...(runtime ? { electronDist: runtime, electronVersion: version(runtime) } : {}),
  },
});
