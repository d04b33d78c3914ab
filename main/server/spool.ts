import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, statfs } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NightjarError } from '../../core/api/errors.ts';

/** What uploads leave free on the disk: the case needs room as well. */
const KEEP_FREE_BYTES = 512 * 2 ** 20;

export type Spool = {
  /** Writes a file of `bytes` (0: unknown) to a folder of its own and returns its path. Errors: `usage` for a name that is none, `disk-full`. */
  readonly store: (name: string, body: Readable, bytes: number) => Promise<string>;
  /** Removes a file that was stored. */
  readonly discard: (path: string) => Promise<void>;
  readonly clear: () => Promise<void>;
};

/**
 * A folder of this process, for files that a browser hands over; only this user can enter it. Folders of processes that
 * are gone are removed. `leastFreeBytes` is what must stay free on the disk.
 */
export const createSpool = async (parent: string, leastFreeBytes = KEEP_FREE_BYTES): Promise<Spool> => {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  for (const name of await readdir(parent)) {
    const pid = Number(/^uploads-(\d+)$/u.exec(name)?.[1]);
    if (Number.isInteger(pid) && (pid === process.pid || !isRunning(pid))) await rm(join(parent, name), FORCE);
  }
  const directory = join(parent, `uploads-${process.pid}`);
  return {
    store: async (name, body, bytes) => {
      const safe = plainName(name);
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const room = await roomIn(directory, leastFreeBytes);
      if (bytes > room) throw diskFull(name);
      const folder = join(directory, randomUUID());
      await mkdir(folder, { mode: 0o700 });
      const path = join(folder, safe);
      try {
        await pipeline(body, atMost(room, name), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      } catch (error) {
        await rm(folder, FORCE);
        throw error instanceof Error && 'code' in error && error.code === 'ENOSPC' ? diskFull(name, error) : error;
      }
      return path;
    },
    discard: (path) => rm(join(path, '..'), FORCE),
    clear: () => rm(directory, FORCE),
  };
};

const FORCE = { recursive: true, force: true } as const;
const MOST_NAME_BYTES = 200;

/** The name as one segment of a path that no system takes for another. Errors: `usage`. */
const plainName = (name: string): string => {
  const isPlain =
    name.trim() !== '' &&
    !/^\.{1,2}$|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}/\\]/u.test(name) &&
    Buffer.byteLength(name) <= MOST_NAME_BYTES;
  if (isPlain) return name.replace(/[<>:"|?*]/gu, '_').replace(/[. ]+$/u, '_');
  throw new NightjarError('usage', 'The file has a name that cannot be used.', {
    next: 'Give it a short name without slashes and control characters.',
  });
};

const roomIn = async (directory: string, leastFreeBytes: number): Promise<number> => {
  const { bavail, bsize } = await statfs(directory);
  return Math.max(0, bavail * bsize - leastFreeBytes);
};

const atMost = (room: number, name: string) =>
  async function* (body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let written = 0;
    for await (const part of body) {
      written += part.byteLength;
      if (written > room) throw diskFull(name);
      yield part;
    }
  };

const diskFull = (name: string, cause?: unknown): NightjarError =>
  new NightjarError(
    'disk-full',
    'There is not enough room on the disk for this file.',
    { where: name, next: 'Free some space, or rank it where it lies: nightjar detect FILE --case DIR.' },
    cause,
  );

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
