import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { markOf, watchChanges } from '../../main/cli/file-changes.ts';

const folder = mkdtempSync(join(tmpdir(), 'nightjar-changes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a change between the mark and the first look is seen, and each later one once', async () => {
  const path = join(folder, 'rules');
  writeFileSync(path, 'one');
  const mark = markOf(path);
  writeFileSync(path, 'two');
  const seen = vi.fn();
  const stop = watchChanges(path, mark, 10, seen);
  await vi.waitFor(() => expect(seen).toHaveBeenCalledTimes(1));
  writeFileSync(join(folder, 'new'), 'six');
  rmSync(path);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(seen).toHaveBeenCalledTimes(1); // gone for a while is no change
  renameSync(join(folder, 'new'), path);
  await vi.waitFor(() => expect(seen).toHaveBeenCalledTimes(2));
  await new Promise((resolve) => setTimeout(resolve, 50));
  stop();
  writeFileSync(path, 'seven');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(seen).toHaveBeenCalledTimes(2);
});
