import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { readChunks } from '../../../core/ingest/read/read-chunks.ts';

const folder = mkdtempSync(join(tmpdir(), 'nightjar-chunks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'file');

describe('chunks of a file', () => {
  test.each([0, 1, 99, 100, 101, 1000, 1234])(
    '%i bytes come whole and in order, however long a chunk is held',
    async (size) => {
      const bytes = Uint8Array.from({ length: size }, (_, i) => (i * i + i / 251) & 255);
      writeFileSync(path, bytes);
      const chunks: Uint8Array[] = [];
      for await (const chunk of readChunks(path, 100)) {
        await after(2); // long enough for the next to be read
        chunks.push(chunk.slice());
      }
      expect(chunks.map((chunk) => chunk.length).every((length) => length > 0 && length <= 100)).toBe(true);
      expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    },
  );

  test('whoever stops early closes the file', async () => {
    writeFileSync(path, new Uint8Array(1000));
    const chunks = readChunks(path, 100);
    expect((await chunks.next()).done).toBe(false);
    await chunks.return(undefined);
    expect((await chunks.next()).done).toBe(true);
  });

  test('what is not there or no file fails as the system says', async () => {
    await expect(readChunks(join(folder, 'missing'), 100).next()).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(readChunks(folder, 100).next()).rejects.toMatchObject({ code: 'EISDIR' });
  });
});
