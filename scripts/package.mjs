#!/usr/bin/env node
// `npm run package`: the unpacked app of this system, in dist/package. With ELECTRON_OVERRIDE_DIST_PATH it is built around
// the runtime in that folder.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureDesktop, ensurePage } from './ensure-built.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const { values } = parseArgs({ options: { out: { type: 'string' } } });

const runtime = process.env.ELECTRON_OVERRIDE_DIST_PATH;
const versionPath = join(runtime || '/nowhere', 'version');
const version = existsSync(versionPath) ? readFileSync(versionPath, 'utf8').trim().replace(/^v/u, '') : undefined;
/** This fuse came with Electron 29; an older one, used in tests, refuses to hear of it. */
const knowsFileFuse = version === undefined || Number.parseInt(version, 10) >= 29;

ensurePage(root);
ensureDesktop(root);

const { build, Platform } = createRequire(import.meta.url)('electron-builder');
await build({
  targets: Platform.current().createTarget('dir'),
  publish: 'never',
  config: {
    extends: join(root, 'electron-builder.yml'),
    extraMetadata: { main: 'dist/desktop/main.js' },
    ...(values.out === undefined ? {} : { directories: { output: values.out } }),
    ...(runtime && version ? { electronDist: runtime, electronVersion: version } : {}),
    ...(knowsFileFuse ? { electronFuses: { grantFileProtocolExtraPrivileges: false } } : {}),
  },
});
