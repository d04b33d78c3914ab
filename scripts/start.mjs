#!/usr/bin/env node
// `npm start`: installs and builds what is missing, prints the ranked queue of the sample case, and opens the app on it.
// `npm start -- --headless` prints and ends; so does a run with the variable CI set.
import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './ensure-installed.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const nightjar = join(root, 'bin', 'nightjar.mjs');
const FOR_THE_APP = ['--browser', '--no-launch'];
const args = process.argv.slice(2);
const isHeadless = args.includes('--headless') || Boolean(process.env.CI);

ensureInstalled(root);
const startedAt = Date.now();
console.log('Nightjar ranks the actors of a synthetic sample log with planted abuse (docs/data-card.md).\n');
const { status, signal } = spawnSync(
  process.execPath,
  [
    nightjar,
    'detect',
    join(root, 'samples', 'platform.csv.gz'),
    '--top',
    '15',
    ...args.filter((each) => each !== '--headless' && !FOR_THE_APP.includes(each)),
  ],
  { stdio: 'inherit', cwd: root },
);
if (status !== 0) process.exit(signal === null ? (status ?? 1) : 130);
console.log(`\nFrom start to ranked queue: ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
console.log('Rank your own log:  npm run -s nightjar -- detect YOUR.csv');
console.log('What else there is: npm run -s nightjar -- --help');
if (isHeadless) process.exit(0);

console.log('\nThe same in the app (to print only: npm start -- --headless):');
const app = spawn(
  process.execPath,
  [nightjar, 'open', '--sample', ...args.filter((each) => FOR_THE_APP.includes(each))],
  { stdio: 'inherit', cwd: root },
);
// Ctrl-C reaches the app as well: it closes the case, and its end is ours.
for (const name of ['SIGINT', 'SIGHUP']) process.on(name, () => undefined);
process.on('SIGTERM', () => app.kill('SIGTERM'));
app.on('exit', (code, ended) => process.exit(ended === null ? (code ?? 1) : 130));
