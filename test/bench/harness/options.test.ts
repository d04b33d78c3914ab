import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './options.ts';

const TSX = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [TSX, join(ROOT, 'test/bench/detect.ts'), ...args], { encoding: 'utf8' });

it('a benchmark says what it takes', () => {
  const { status, stdout } = run('--help');
  expect(status).toBe(0);
  expect(stdout).toContain('--seeds N (5), --max-rows N (50000), --sets TEXT');
});

it.each([
  [['--sed', '5'], "Unknown option '--sed'"],
  [['--seeds', 'five'], '--seeds takes a number, 0 or more.'],
  [['--seeds'], 'argument missing'],
])('a benchmark measures nothing for %j', (args, said) => {
  const { status, stdout, stderr } = run(...args);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(said);
  expect(stderr).not.toMatch(/^\s+at /mu);
});
