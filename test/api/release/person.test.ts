import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { thisAccount } from '../../../core/api/release/person.ts';

test('an account is called by its name', () => {
  expect(thisAccount()).toBe(userInfo().username);
});

test.skipIf(process.getuid?.() !== 0)('one that the machine has no name for is called by its number', () => {
  const module = new URL('../../../core/api/release/person.ts', import.meta.url).href;
  const script = `import('${module}').then(({ thisAccount }) => { process.setuid(54321); console.log(thisAccount()); })`;
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', '-e', script], { encoding: 'utf8' });
  expect(stdout.trim()).toBe('uid 54321');
});
