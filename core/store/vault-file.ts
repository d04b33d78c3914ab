import {
  closeSync,
  copyFileSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';

import { NightjarError } from '../api/errors.ts';
import { replaceFile, syncDirectory, withFileErrors, writeFully } from './files.ts';
import { NONCE_BYTES, TAG_BYTES } from './sealing.ts';
import { overwriteStart } from './shred.ts';
import { HEADER_BYTES } from './vault-header.ts';

/** The frames of a vault on disk, still sealed: a 32-bit little-endian length, then nonce ‖ ciphertext ‖ tag. */
export type VaultFile = {
  /** Bytes of header and whole frames. */
  length(): number;
  frameCount(): number;
  readFrame(index: number): Buffer;
  /** Appends a frame; durable only after `sync`. */
  appendFrame(sealed: Uint8Array): void;
  sync(): void;
  /** Cuts everything after `bytes`, which must be the end of a frame or of the header. */
  truncate(bytes: number): void;
  close(): void;
};

const LENGTH_BYTES = 4;
/** Far above the 1 MiB that a frame holds; a larger length is damage, not a frame. */
const MAX_FRAME_BYTES = 64 * 2 ** 20;

/** Makes a vault file that holds only its header, durably. */
export const createVaultFile = (path: string, header: Uint8Array): void => replaceFile(path, header);

/**
 * Puts another header before the same frames, so that a crash leaves the old file or the new one. The old header, which
 * the old passphrase opens, is overwritten where it lay once the new one is in its place.
 */
export const replaceVaultHeader = (path: string, header: Uint8Array): void =>
  withFileErrors(path, () => {
    const temporary = `${path}.new`;
    const old = openSync(path, 'r+');
    try {
      copyFileSync(path, temporary);
      const fd = openSync(temporary, 'r+');
      try {
        writeFully(fd, header, 0);
        fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
      renameSync(temporary, path);
      syncDirectory(dirname(path));
      overwriteStart(old, HEADER_BYTES);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    } finally {
      closeSync(old);
    }
  });

/** Opens the frames of a vault; a torn last frame is not counted and is overwritten by the next. */
export const openVaultFile = (path: string): VaultFile =>
  withFileErrors(path, () => {
    const fd = openSync(path, 'r+');
    /** `ends[i]` is where frame i ends; the header is before frame 0. */
    const ends = scan(fd);
    const length = (): number => ends.at(-1) ?? HEADER_BYTES;
    const guarded = <T>(work: () => T): T => withFileErrors(path, work);
    return {
      length,
      frameCount: () => ends.length,
      readFrame: (index) =>
        guarded(() => {
          const from = (index === 0 ? HEADER_BYTES : (ends[index - 1] ?? 0)) + LENGTH_BYTES;
          return readExactly(fd, from, (ends[index] ?? from) - from);
        }),
      appendFrame: (sealed) =>
        guarded(() => {
          const start = length();
          const frame = Buffer.alloc(LENGTH_BYTES + sealed.length);
          frame.writeUInt32LE(sealed.length);
          frame.set(sealed, LENGTH_BYTES);
          try {
            writeFully(fd, frame, start);
          } catch (error) {
            ftruncateSync(fd, start); // half a frame on a full disk must not stay
            throw error;
          }
          ends.push(start + frame.length);
        }),
      sync: () => guarded(() => fsyncSync(fd)),
      truncate: (bytes) =>
        guarded(() => {
          if (bytes !== HEADER_BYTES && !ends.includes(bytes)) throw shorter(path);
          while (length() > bytes) ends.pop();
          ftruncateSync(fd, bytes);
          fsyncSync(fd);
        }),
      close: () => closeSync(fd),
    };
  });

const scan = (fd: number): number[] => {
  const size = fstatSync(fd).size;
  const ends: number[] = [];
  for (let at = HEADER_BYTES; at + LENGTH_BYTES <= size;) {
    const length = readExactly(fd, at, LENGTH_BYTES).readUInt32LE();
    const end = at + LENGTH_BYTES + length;
    if (length < NONCE_BYTES + TAG_BYTES || length > MAX_FRAME_BYTES || end > size) break;
    ends.push(end);
    at = end;
  }
  return ends;
};

const readExactly = (fd: number, from: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const read = readSync(fd, bytes, done, length - done, from + done);
    if (read === 0) throw new NightjarError('vault', 'The vault file ends too early.');
    done += read;
  }
  return bytes;
};

const shorter = (where: string): NightjarError =>
  new NightjarError('case-damaged', 'The vault lacks a part that an import has stored.', {
    where,
    next: 'Put vault.sealed back from a backup of the case.',
  });
