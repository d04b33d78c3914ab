import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { preludeFor } from './desktop-prelude.mjs';

const CONFIGS = [
  'tsconfig.base.json',
  'tsconfig.json',
  'tsconfig.core.json',
  'tsconfig.main.json',
  'tsconfig.samples.json',
];

/** Bundles hold packages: other versions of them make other bundles. */
const LOCK = 'package-lock.json';
const BUNDLED = 'scripts/worker-entries.mjs';

/** What is built, from what, and how. Each is built again when one of its sources is newer than its stamp. */
const PARTS = {
  engine: {
    stamp: '.built',
    sources: ['core', 'main', 'samples', 'scripts/build-engine.mjs', BUNDLED, LOCK, ...CONFIGS],
    isSource: (name) => name.endsWith('.ts'),
    command: (root) => [join(root, 'scripts/build-engine.mjs')],
  },
  page: {
    stamp: '.built-page',
    sources: ['renderer', 'core/api/contract', 'core/api/contract.ts', 'vite.config.ts', LOCK],
    isSource: () => true,
    command: (root) => [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
  },
  desktop: {
    stamp: '.built-desktop',
    sources: ['core', 'main', 'scripts/build-desktop.mjs', BUNDLED, LOCK],
    isSource: (name) => name.endsWith('.ts'),
    variant: (root) => preludeFor(root) ?? '',
    command: (root) => [join(root, 'scripts/build-desktop.mjs')],
  },
};

/** Compiles the command line and the engine into dist/ where that is missing or older than the sources. `root` is the checkout. */
export const ensureBuilt = (root) => ensurePart(root, 'engine');

/** Builds the app's page where that is missing or old. */
export const ensurePage = (root) => ensurePart(root, 'page');

/** Bundles the desktop's processes where that is missing or old. */
export const ensureDesktop = (root) => ensurePart(root, 'desktop');

const ensurePart = (root, name) => {
  const { stamp: stampName, sources, isSource, command, variant = () => '' } = PARTS[name];
  const stamp = join(root, 'dist', stampName);
  if (!existsSync(join(root, 'core', 'index.ts'))) return; // an installed package holds dist/ only
  const wanted = Math.max(...sources.map((path) => newest(join(root, path), isSource)));
  const isFresh = () =>
    existsSync(stamp) && statSync(stamp).mtimeMs >= wanted && readFileSync(stamp, 'utf8') === variant(root);
  if (isFresh()) return;
  const [program, ...args] = command(root);
  if (!existsSync(join(root, 'node_modules/vite/bin/vite.js'))) {
    console.error('nightjar: the packages are not installed yet. Run `npm ci` in the checkout, or just `npm start`.');
    process.exit(1);
  }
  const lock = join(root, 'dist', `${stampName}.lock`);
  withLock(lock, () => {
    if (isFresh()) return; // built by the one who held the lock
    const env = { ...process.env, NODE_ENV: 'production' }; // a test run sets another, and the page would be React's for development
    const build = spawnSync(process.execPath, [program, ...args], { cwd: root, encoding: 'utf8', env });
    if (build.status !== 0) {
      rmSync(lock, { recursive: true, force: true });
      process.stderr.write(`nightjar: the build failed.\n${build.stdout}${build.stderr}`);
      process.exit(1);
    }
    writeFileSync(stamp, variant(root));
    utimesSync(stamp, new Date(), new Date(Math.max(wanted, Date.now())));
  });
};

const LOCK_MS = 120_000;

/** One process builds at a time; a lock that is this old belonged to one that died. */
const withLock = (lock, work) => {
  mkdirSync(join(lock, '..'), { recursive: true });
  const deadline = Date.now() + LOCK_MS;
  while (!tryLock(lock)) {
    if (Date.now() > deadline) rmSync(lock, { recursive: true, force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
};

const tryLock = (lock) => {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
};

const newest = (path, isSource) => {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || isSource(entry.name))
    .reduce((latest, entry) => Math.max(latest, newest(join(path, entry.name), isSource)), mtimeMs);
};
