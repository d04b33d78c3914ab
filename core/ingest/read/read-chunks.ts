import { open } from 'node:fs/promises';

/**
 * The bytes of a file, at most `chunkBytes` at a time; the next ones are read while the caller works. A chunk is valid
 * until the next is asked for: all lie in the same two pieces of memory, where a stream would take new memory for each.
 */
export async function* readChunks(path: string, chunkBytes: number): AsyncGenerator<Uint8Array> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const room = Math.min(chunkBytes, size || chunkBytes); // what is no plain file has no size
    let [current, other] = [new Uint8Array(room), new Uint8Array(room)];
    let { bytesRead } = await handle.read(current, 0, room);
    while (bytesRead > 0) {
      const next = handle.read(other, 0, room);
      next.catch(() => undefined); // told below, where it is waited for: the caller may be busy when it fails
      try {
        yield current.subarray(0, bytesRead);
      } finally {
        ({ bytesRead } = await next);
      }
      [current, other] = [other, current];
    }
  } finally {
    await handle.close();
  }
}
