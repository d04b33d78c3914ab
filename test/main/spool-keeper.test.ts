import { expect, test } from 'vitest';
import { createSpoolKeeper } from '../../main/engine/spool-keeper.ts';

const answered = (answer: unknown) => (): Promise<unknown> => Promise.resolve(answer);

test('the copy of a key or a release goes as soon as a call has read it, and stays where the call failed', async () => {
  const removed: string[] = [];
  const keeper = createSpoolKeeper((directory) => removed.push(directory));
  for (const name of ['key', 'file', 'one', 'two', 'log']) keeper.keep(name, `/spool/${name}/x`);
  const wrong = keeper.watch(['privacy', 'approve'], { key: 'key' }, () =>
    Promise.reject(new Error('wrong passphrase')),
  );
  await expect(wrong).rejects.toThrow('wrong passphrase');
  expect(removed).toEqual([]);
  await keeper.watch(['privacy', 'approve'], { key: 'key' }, answered({}));
  expect(removed).toEqual(['/spool/key']);
  await keeper.watch(['privacy', 'verify'], { file: 'file', trusted: ['one', 'two'] }, answered({ ok: true }));
  expect(removed).toEqual(['/spool/key', '/spool/file', '/spool/one', '/spool/two']);
  await keeper.watch(['case', 'open'], { key: 'log' }, answered({}));
  expect(removed).toHaveLength(4);
});
