import { once } from 'node:events';
import { createWriteStream, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { finished, pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { NightjarError } from '../core/api/errors.ts';
import type { Watch } from '../core/api/progress.ts';
import { generateSample } from './generate.ts';
import type { SampleOptions, SampleSummary } from './schema.ts';

export type SampleFiles = SampleOptions & {
  /** Where the log goes; compressed when the name ends in `.gz`. */
  readonly out: string;
  /** Where the labels go; compressed likewise. */
  readonly labels: string;
};

/**
 * Writes a generated log and its labels. Existing files are replaced, but only once both are complete: after an error
 * or a cancel neither exists anew. Returns who took part. Throws `usage` for impossible options or places, `disk-full`
 * and `cancelled`.
 */
export const writeSample = async (files: SampleFiles, watch: Watch = {}): Promise<SampleSummary> => {
  if (resolve(files.out) === resolve(files.labels)) {
    throw new NightjarError('usage', 'The log and its labels need two different files.', {
      where: basename(files.labels),
      next: 'Give the labels another name.',
    });
  }
  try {
    for (const place of [files.out, files.labels]) requireFile(place);
    return await writeWhole(files, watch);
  } catch (error) {
    throw writeError(error);
  }
};

/** A rename would put the log in the place of a device, too. */
const requireFile = (path: string): void => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isFile()) return;
  throw new NightjarError('usage', 'The sample cannot be written there: this is no file.', {
    where: basename(path),
    next: 'Choose another name.',
  });
};

const writeWhole = async (files: SampleFiles, watch: Watch): Promise<SampleSummary> => {
  const parts = { out: `${files.out}.part`, labels: `${files.labels}.part` };
  try {
    const cast = await filling(parts.out, files.out.endsWith('.gz'), (write) =>
      generateSample(files, { write }, watch),
    );
    await filling(parts.labels, files.labels.endsWith('.gz'), async (write) => {
      for (const chunk of inChunks(cast.labelLines())) await write(Buffer.from(chunk));
    });
    await rename(parts.out, files.out);
    await rename(parts.labels, files.labels);
    return cast.summary;
  } finally {
    await rm(parts.out, { force: true });
    await rm(parts.labels, { force: true });
  }
};

type Write = (chunk: Uint8Array) => Promise<void>;

/** Opens a file, lets `fill` write it at the pace of the disk, and closes it whatever happens. */
const filling = async <T>(path: string, compressed: boolean, fill: (write: Write) => Promise<T>): Promise<T> => {
  const file = createWriteStream(path);
  const gzip = compressed ? createGzip() : undefined;
  const head = gzip ?? file;
  const done = gzip === undefined ? finished(file) : pipeline(gzip, file);
  const write = async (chunk: Uint8Array): Promise<void> => {
    if (!head.write(chunk)) await Promise.race([once(head, 'drain'), done]);
  };
  try {
    const result = await Promise.race([fill(write), done.then(() => Promise.reject(new Error('closed too early')))]);
    head.end();
    await done;
    return result;
  } catch (error) {
    head.destroy();
    file.destroy();
    await done.catch(() => undefined);
    throw error;
  }
};

const CHUNK_CHARACTERS = 1 << 16;

function* inChunks(lines: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

const PLACE_ERRORS = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'EROFS', 'ENAMETOOLONG', 'ELOOP']);

const writeError = (error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof NightjarError) return error;
  if (code === 'ENOSPC') {
    return new NightjarError('disk-full', 'The disk is full.', { next: 'Free some space or write elsewhere.' }, error);
  }
  if (!PLACE_ERRORS.has(code)) return error;
  return new NightjarError(
    'usage',
    `The sample cannot be written there (${code}).`,
    { next: 'Choose a directory that exists and that you may write to.' },
    error,
  );
};
