import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder that is removed when the file's tests are over. */
export const temporaryFolder = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'nightjar-test-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
};
