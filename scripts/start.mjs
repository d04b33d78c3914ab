#!/usr/bin/env node
// `npm start`: installs and builds what is missing, runs detection on the sample case and prints the queue.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './ensure-installed.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
ensureInstalled(root);
const startedAt = Date.now();
console.log('Nightjar ranks the actors of a synthetic sample log with planted abuse (docs/data-card.md).\n');
const { status, signal } = spawnSync(
  process.execPath,
  [
    join(root, 'bin', 'nightjar.mjs'),
    'detect',
    join(root, 'samples', 'platform.csv.gz'),
    '--top',
    '15',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit', cwd: root },
);
if (status === 0) {
  console.log(`\nFrom start to ranked queue: ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
  console.log('Rank your own log:  npm run -s nightjar -- detect YOUR.csv');
  console.log('What else there is: npm run -s nightjar -- --help');
}
process.exit(signal === null ? (status ?? 1) : 130);
