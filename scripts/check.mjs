#!/usr/bin/env node
// Types of every layer, lint, format, layer rules and dead links: `npm run check`.
import { spawnSync } from 'node:child_process';
import { checkLinks } from './check-links.mjs';
import { checkLayers } from './check-layers.mjs';

const run = (name, command, args) => () => {
  const { status } = spawnSync(process.execPath, [command, ...args], { stdio: 'inherit' });
  return status === 0 ? [] : [`${name} failed`];
};
const tsc = 'node_modules/@typescript/native/bin/tsc';

const STEPS = [
  ['types: engine, samples, main', run('types', tsc, ['-b', 'tsconfig.json'])],
  ['types: page', run('types of the page', tsc, ['-p', 'tsconfig.renderer.json'])],
  ['types: tests', run('types of the tests', tsc, ['-p', 'tsconfig.test.json'])],
  ['types: tests of the page', run('types of the tests of the page', tsc, ['-p', 'tsconfig.test-renderer.json'])],
  ['lint', run('lint', 'node_modules/oxlint/bin/oxlint', ['--type-aware', '--deny-warnings'])],
  ['format', run('format', 'node_modules/oxfmt/bin/oxfmt', ['--check'])],
  ['layers', checkLayers],
  ['links', checkLinks],
];

let failures = 0;
for (const [name, step] of STEPS) {
  const startedAt = Date.now();
  const faults = step();
  for (const fault of faults) console.error(`  ${fault}`);
  failures += faults.length;
  console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
}
process.exit(failures === 0 ? 0 : 1);
