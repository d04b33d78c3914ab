import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { NightjarError } from '../../core/index.ts';

const CHUNK_BYTES = 1 << 20;
const LOOK_MS = 200;
const LF = 10;
const LINE_END = Uint8Array.of(LF);
const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);

/**
 * The bytes of a file from its beginning, and what is added to it, until the signal fires. A file that becomes shorter is
 * read again from its beginning; one that is replaced (as by log rotation) is followed until something stands in the new
 * one, and then read to its end. What stands before and after such a change is never one line. Errors: `input` where it
 * cannot be read, or is no file.
 */
export async function* followFile(path: string, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  let file = await opened(path);
  let next: FileHandle | undefined;
  let at = 0;
  let isInLine = false;
  try {
    while (!isAborted(signal)) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, at);
      if (bytesRead > 0) {
        const bytes = chunk.subarray(0, bytesRead);
        const isMarked = at === 0 && bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
        at += bytesRead;
        isInLine = bytes.at(-1) !== LF;
        yield isMarked ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
        continue;
      }
      const { size } = await file.stat();
      if (size < at || next !== undefined) {
        if (isInLine) yield LINE_END;
        isInLine = false;
        at = 0;
        if (next === undefined) continue;
        await file.close();
        file = next;
        next = undefined;
        continue;
      }
      // Whoever writes into the new file is done with the old one, which is read once more before it is left.
      next = await replacement(path, file);
      if (next === undefined) await pause(signal);
    }
  } finally {
    await file.close();
    await next?.close();
  }
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

const opened = async (path: string): Promise<FileHandle> => {
  const where = basename(path);
  try {
    // To open a pipe would wait for somebody who writes into it.
    if ((await stat(path)).isFile()) return await open(path, 'r');
  } catch (error) {
    const next = 'Check its path and permissions.';
    throw new NightjarError('input', 'The file cannot be read.', { where, next }, error);
  }
  const next = 'Name a file, or pass a stream to standard input (-).';
  throw new NightjarError('input', 'This is no file that can be followed.', { where, next });
};

/** Another file that stands at the path and holds something; undefined too while a rotated file is not there again. */
const replacement = async (path: string, file: FileHandle): Promise<FileHandle | undefined> => {
  try {
    const [now, before] = await Promise.all([stat(path), file.stat()]);
    if ((now.ino === before.ino && now.dev === before.dev) || now.size === 0) return undefined;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
  try {
    return await opened(path);
  } catch (error) {
    if (error instanceof NightjarError && isAbsent(error.cause)) return undefined;
    throw error;
  }
};

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const pause = async (signal: AbortSignal | undefined): Promise<void> => {
  try {
    await wait(LOOK_MS, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AbortError') throw error; // the loop sees the signal
  }
};
