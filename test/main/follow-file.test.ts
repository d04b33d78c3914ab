import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { NightjarError } from '../../core/index.ts';
import { followFile } from '../../main/cli/follow-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'nightjar-follow-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is read of a file while it is changed step by step, each when nothing comes any more; at most so many characters. */
const followed = async (name: string, steps: readonly ((path: string) => void)[], most: number): Promise<string> => {
  const path = join(folder, name);
  const [first, ...rest] = steps;
  first?.(path);
  const stop = new AbortController();
  let read = '';
  const chunks = followFile(path, stop.signal);
  for (;;) {
    const coming = chunks.next();
    if (rest.length > 0) {
      if (await isQuiet(coming, 400)) rest.shift()?.(path);
    } else if (read.length >= most || (await isQuiet(coming, 5000))) stop.abort();
    const { value, done } = await coming;
    if (done === true) return read;
    read += Buffer.from(value).toString();
  }
};

const isQuiet = (coming: Promise<unknown>, ms: number): Promise<boolean> =>
  Promise.race([coming.then(() => false), new Promise<boolean>((resolve) => setTimeout(resolve, ms, true))]);

test('what is written to the old file until the new one is begun is read before the new one', async () => {
  const steps = [
    (path: string) => writeFileSync(path, 'one\n'),
    (path: string) => {
      renameSync(path, `${path}.1`);
      writeFileSync(path, '');
      appendFileSync(`${path}.1`, 'two\n');
    },
    (path: string) => {
      appendFileSync(`${path}.1`, 'three\n');
      writeFileSync(path, 'four\n');
    },
  ];
  expect(await followed('rotated', steps, 19)).toBe('one\ntwo\nthree\nfour\n');
});

test('a last line without its end is no part of the first line of the next file', async () => {
  const steps = [
    (path: string) => writeFileSync(path, 'one\ntwo'),
    (path: string) => {
      renameSync(path, `${path}.1`);
      writeFileSync(path, '\ufeffthree\n');
    },
  ];
  expect(await followed('unended', steps, 14)).toBe('one\ntwo\nthree\n');
});

test('half a line before the file was cut short is no part of the line after', async () => {
  const steps = [
    (path: string) => writeFileSync(path, 'one\nhal'),
    (path: string) => {
      truncateSync(path);
      appendFileSync(path, 'two\n');
    },
  ];
  expect(await followed('truncated', steps, 12)).toBe('one\nhal\ntwo\n');
});

test('half a line that is completed later is one line', async () => {
  const steps = [(path: string) => writeFileSync(path, 'o'), (path: string) => appendFileSync(path, 'ne\n')];
  expect(await followed('completed', steps, 4)).toBe('one\n');
});

test('what is no file is refused, and nothing waits for it', async () => {
  mkdirSync(join(folder, 'folder'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  for (const name of ['folder', 'pipe', 'nothing']) {
    const refused = followFile(join(folder, name), undefined).next();
    await expect(refused, name).rejects.toThrow(NightjarError);
    await expect(refused, name).rejects.toMatchObject({ code: 'input' });
  }
});
