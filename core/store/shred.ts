import { closeSync, fstatSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

import { systemRandom } from '../random/index.ts';
import { syncDirectory, withFileErrors, writeFully } from './files.ts';

const BLOCK_BYTES = 2 ** 20;

/**
 * Overwrites a file where it lies, then removes it; every step is on disk before the next. The first `secretBytes`, which
 * a caller's keys lie in, go first and are replaced by random bytes, so that a kill right after leaves none; the rest
 * becomes zeros. Returns whether there was a file. It is no promise about the medium: journalling and copy-on-write file
 * systems, snapshots and the wear levelling of flash write new blocks and may keep the old ones. And destroying a key
 * destroys what it sealed only where every copy of that key is destroyed (NIST SP 800-88, cryptographic erase).
 */
export const shredFile = (path: string, secretBytes: number): boolean =>
  withFileErrors(path, () => {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return false;
    const fd = openSync(path, 'r+');
    try {
      const size = fstatSync(fd).size;
      overwriteStart(fd, Math.min(secretBytes, size));
      const zeros = Buffer.alloc(BLOCK_BYTES);
      for (let at = secretBytes; at < size; at += BLOCK_BYTES) {
        writeFully(fd, zeros.subarray(0, Math.min(BLOCK_BYTES, size - at)), at);
      }
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    rmSync(path);
    syncDirectory(dirname(path));
    return true;
  });

/** Replaces the first bytes of an open file by random ones, durably. */
export const overwriteStart = (fd: number, bytes: number): void => {
  if (bytes > 0) writeFully(fd, systemRandom.bytes(bytes), 0);
  fsyncSync(fd);
};
