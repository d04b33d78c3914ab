#!/usr/bin/env node
// The command line. In a checkout it compiles what changed first; an installed package holds the compiled files.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const build = join(root, 'scripts', 'ensure-built.mjs');
if (existsSync(build)) (await import(pathToFileURL(build).href)).ensureBuilt(root);
const { runCommandLine } = await import(pathToFileURL(join(root, 'dist', 'main', 'cli', 'main.js')).href);
await runCommandLine(process.argv.slice(2));
