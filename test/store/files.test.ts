import { existsSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { makeDirectory, withFileErrors } from '../../core/store/files.ts';
import { scratch } from './support.ts';

const made = (path: string): void => withFileErrors(path, () => makeDirectory(path));

test('a directory is made with those above it, for its owner alone, and again without complaint', () => {
  const path = join(scratch(), 'a', 'b', 'c');
  made(path);
  made(path);
  expect(statSync(path).isDirectory()).toBe(true);
  if (process.platform !== 'win32') expect(statSync(join(path, '..', '..')).mode & 0o777).toBe(0o700);
});

test('a directory below a file, or in the place of one, is refused', () => {
  const file = join(scratch(), 'file');
  writeFileSync(file, '');
  for (const path of [file, join(file, 'below'), join(file, 'far', 'below')])
    expect(() => made(path)).toThrow(
      expect.objectContaining({ code: 'input', message: expect.stringMatching(/file/iu) }),
    );
});

test.skipIf(process.platform === 'win32')(
  'a directory in the place of a link that leads nowhere is refused, as is one below it',
  () => {
    const link = join(scratch(), 'link');
    symlinkSync(join(link, '..', 'gone'), link);
    for (const path of [link, join(link, 'below')])
      expect(() => made(path)).toThrow(expect.objectContaining({ code: 'input', message: 'There is no such place.' }));
  },
);

// Node's own recursive mkdir never ends there.
test.skipIf(!existsSync('/proc/self'))('a directory where none can be made is refused', () => {
  expect(() => made('/proc/none/of/these')).toThrow(expect.objectContaining({ message: 'There is no such place.' }));
});
