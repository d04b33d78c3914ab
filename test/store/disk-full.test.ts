import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { createCase, numberColumn, openCase, readColumns, verifyJournal } from '../../core/store/index.ts';
import { casePlace, failure, scratch, startChild } from './support.ts';

const mounted = (bytes: number): string | undefined => {
  const directory = scratch();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', directory], { stdio: 'ignore' });
  } catch {
    return undefined; // not root, or no tmpfs here: the test by file size limit covers the same code
  }
  onTestFinished(() => void execFileSync('umount', ['-l', directory]));
  return directory;
};

const expectSound = async (directory: string, keyringPath: string): Promise<void> => {
  const site = await openCase(directory, { keyringPath, threads: 1 });
  const said = await readColumns(site.connection, 'SELECT coalesce(sum(stored), 0) AS n FROM imports');
  const held = await readColumns(site.connection, 'SELECT count(*) AS n FROM events');
  expect(numberColumn(held, 'n')[0]).toBe(numberColumn(said, 'n')[0]);
  await site.close();
  expect(verifyJournal(directory).ok).toBe(true);
};

describe('a full disk', () => {
  test.skipIf(process.platform === 'win32')('by a limit on file sizes: disk-full, and a sound case', async () => {
    const { directory, keyringPath } = casePlace();
    await (await createCase(directory, { keyringPath })).close();
    const limited = (command: string): string => `trap '' XFSZ; ulimit -f 12000; exec ${command}`;
    const child = startChild(['fill', directory, keyringPath], limited);
    expect(await child.nextLine()).toBe('open');
    expect(await child.nextLine()).toBe('disk-full');
    await child.exit;
    await expectSound(directory, keyringPath);
  });

  test.skipIf(process.platform === 'win32')('while a journal entry is written: disk-full, no half line', async () => {
    const { directory, keyringPath } = casePlace();
    const site = await createCase(directory, { keyringPath });
    site.journal.append('note', { text: 'x'.repeat(3000) });
    await site.close();
    const limited = (command: string): string => `trap '' XFSZ; ulimit -f 4; exec ${command}`;
    const child = startChild(['journal', directory, keyringPath], limited);
    expect(await child.nextLine()).toBe('disk-full');
    expect(await child.nextLine()).toBe('entries 2');
    expect(verifyJournal(directory)).toMatchObject({ ok: true, entries: 2, unfinishedBytes: 0 });
  });

  const disk = process.platform === 'linux' && process.getuid?.() === 0;
  test.skipIf(!disk)(
    'of a real file system (as root): disk-full, and a sound case once there is space',
    async ({ skip }) => {
      const root = mounted(24e6);
      if (root === undefined) return skip('no file system can be mounted here');
      const { keyringPath } = casePlace();
      const directory = join(root, 'case');
      const child = startChild(['fill', directory, keyringPath]);
      expect(await child.nextLine()).toBe('open');
      expect(await child.nextLine()).toBe('disk-full');
      await child.exit;
      execFileSync('mount', ['-o', 'remount,size=100000000', root]);
      await expectSound(directory, keyringPath);
    },
  );

  test.skipIf(!disk)('when a case is created (as root): disk-full, and nothing is left', async ({ skip }) => {
    const root = mounted(20e3);
    if (root === undefined) return skip('no file system can be mounted here');
    const { keyringPath } = casePlace();
    mkdirSync(join(root, 'other'));
    const error = await failure(() => createCase(join(root, 'case'), { keyringPath, threads: 1 }));
    expect(error.code).toBe('disk-full');
    expect(execFileSync('ls', ['-A', root]).toString()).toBe('other\n');
  });
});
