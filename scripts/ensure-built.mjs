import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['core', 'main', 'samples'];
const CONFIGS = [
  'tsconfig.base.json',
  'tsconfig.json',
  'tsconfig.core.json',
  'tsconfig.main.json',
  'tsconfig.samples.json',
];

const newest = (path) => {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.name.endsWith('.ts'))
    .reduce((latest, entry) => Math.max(latest, newest(join(path, entry.name))), mtimeMs);
};

/** Compiles the sources into dist/ where that is missing or older than they are. `root` is the checkout. */
export const ensureBuilt = (root) => {
  const stamp = join(root, 'dist', '.built');
  const compiler = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
  if (!existsSync(join(root, 'core', 'index.ts'))) return; // an installed package holds dist/ only
  const wanted = Math.max(...[...SOURCES, ...CONFIGS].map((path) => newest(join(root, path))));
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= wanted) return;
  if (!existsSync(compiler)) {
    console.error('nightjar: the packages are not installed yet. Run `npm ci` in the checkout, or just `npm start`.');
    process.exit(1);
  }
  const lock = join(root, 'dist', '.building');
  mkdirSync(join(root, 'dist'), { recursive: true });
  const deadline = Date.now() + 60_000;
  while (!tryLock(lock)) {
    if (Date.now() > deadline) rmSync(lock, { recursive: true, force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
  try {
    const build = spawnSync(process.execPath, [compiler, '-b', join(root, 'tsconfig.json')], {
      cwd: root,
      encoding: 'utf8',
    });
    if (build.status !== 0) {
      process.stderr.write(`nightjar: the build failed.\n${build.stdout}${build.stderr}`);
      process.exit(1);
    }
    writeFileSync(stamp, '');
    utimesSync(stamp, new Date(), new Date(Math.max(wanted, Date.now())));
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
