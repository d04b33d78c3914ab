import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { NightjarError } from '../../core/index.ts';

const CHUNK_BYTES = 1 << 20;
const LOOK_MS = 200;

/**
 * The bytes of a file from its beginning, and what is added to it, until the signal fires. A file that becomes shorter is
 * read again from its beginning; one that is replaced (as by log rotation) is read to its end, then the new one. Errors:
 * `input` where it cannot be read at the start.
 */
export async function* followFile(path: string, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  let file = await opened(path);
  let at = 0;
  try {
    while (!isAborted(signal)) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, at);
      if (bytesRead > 0) {
        at += bytesRead;
        yield chunk.subarray(0, bytesRead);
        continue;
      }
      const { size, ino } = await file.stat();
      if (size < at) {
        at = 0;
        continue;
      }
      const now = await statOf(path);
      if (now !== undefined && now.ino !== ino) {
        await file.close();
        file = await opened(path);
        at = 0;
        continue;
      }
      await pause(signal);
    }
  } finally {
    await file.close();
  }
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

const opened = async (path: string): Promise<FileHandle> => {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw new NightjarError(
      'input',
      'The file cannot be read.',
      { where: basename(path), next: 'Check its path and permissions.' },
      error,
    );
  }
};

/** Undefined while a rotated file is not yet there again. */
const statOf = async (path: string): Promise<{ readonly ino: number } | undefined> => {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

const pause = async (signal: AbortSignal | undefined): Promise<void> => {
  try {
    await wait(LOOK_MS, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AbortError') throw error; // the loop sees the signal
  }
};
