#!/usr/bin/env node
// The command line. In a checkout it compiles what changed first; an installed package holds the compiled files.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
const build = join(root, 'scripts', 'ensure-built.mjs');
if (existsSync(build)) {
  const { ensureBuilt, ensureDesktop, ensurePage } = await import(pathToFileURL(build).href);
  ensureBuilt(root);
  if (args[0] === 'open' && !args.includes('--help') && !args.includes('-h')) {
    ensurePage(root);
    if (!args.includes('--browser') && !args.includes('--no-launch')) ensureDesktop(root);
  }
}
const { runCommandLine } = await import(pathToFileURL(join(root, 'dist', 'cli', 'cli.js')).href);
await runCommandLine(args);
