import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { NightjarError } from '../../api/errors.ts';
import { readChunks } from './read-chunks.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin-1';

export type SourceOptions = {
  readonly gzip: boolean;
  readonly encoding: Encoding;
  /** Lines end with a carriage return alone and are given line feeds. */
  readonly lineEnds?: 'cr';
  readonly signal?: AbortSignal;
};

/** A file as UTF-8 bytes, with what is known of it while and after it is read. */
export type Source = {
  /** Each is valid until the next is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Bytes of the file (compressed, if it is) that have been read. */
  bytesRead(): number;
  /** SHA-256 of the file as it lies on disk; complete once `chunks` ended. */
  sha256(): string;
};

const CHUNK_BYTES = 4 << 20;

/** Opens a file for one pass: hashes, decompresses and transcodes as it goes. Memory: a few chunks. */
export const openSource = (path: string, name: string, options: SourceOptions): Source => {
  const hash = createHash('sha256');
  let bytesRead = 0;
  // The decompressor reads ahead and keeps the chunks it was given.
  const compressed = options.gzip ? createReadStream(path, { highWaterMark: CHUNK_BYTES }) : undefined;
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of compressed ?? readChunks(path, CHUNK_BYTES)) {
      bytesRead += chunk.length;
      hash.update(chunk);
      yield chunk;
    }
  }
  const bytes = options.gzip ? gunzip(hashed()) : hashed();
  let digest: string | undefined;
  const text = transcode(guarded(bytes, compressed, name, options.signal), options.encoding);
  return {
    chunks: options.lineEnds === 'cr' ? withLineFeeds(text) : text,
    bytesRead: () => bytesRead,
    sha256: () => (digest ??= hash.digest('hex')),
  };
};

/** Concatenated members are read one after the other, as gzip itself does. */
const gunzip = (compressed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => {
  const source = Readable.from(compressed, { objectMode: false });
  const plain = createGunzip({ chunkSize: CHUNK_BYTES });
  source.on('error', (error) => plain.destroy(error));
  return source.pipe(plain);
};

async function* guarded(
  bytes: AsyncIterable<Uint8Array>,
  file: Readable | undefined,
  name: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of bytes) {
      if (signal?.aborted) throw new NightjarError('cancelled', 'Cancelled.');
      yield chunk;
    }
  } catch (error) {
    throw asInputError(error, name);
  } finally {
    file?.destroy();
  }
}

const asInputError = (error: unknown, name: string): unknown => {
  if (error instanceof NightjarError || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR' || code === 'Z_DATA_ERROR') {
    const what = code === 'Z_BUF_ERROR' ? 'The gzip file ends in the middle' : 'The gzip file is damaged';
    return new NightjarError(
      'input',
      `${what}; nothing was stored.`,
      {
        where: name,
        next: 'Copy the file again, or keep what can be read with `gzip -dc FILE > part.csv` and import that.',
      },
      error,
    );
  }
  if (code === 'ENOENT') {
    return new NightjarError('input', 'There is no such file.', { where: name, next: 'Check the path.' }, error);
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new NightjarError(
      'input',
      'The file may not be read.',
      { where: name, next: 'Ask for read permission.' },
      error,
    );
  }
  if (code === 'EISDIR')
    return new NightjarError('input', 'This is a folder.', { where: name, next: 'Name its files.' }, error);
  return error;
};

async function* transcode(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Uint8Array> {
  let first = true;
  if (encoding === 'utf-8') {
    for await (const chunk of chunks) {
      yield first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk;
      first = false;
    }
    return;
  }
  const decoder = new TextDecoder(encoding === 'latin-1' ? 'windows-1252' : encoding);
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(decoder.decode(chunk, { stream: true }));
  const rest = decoder.decode();
  if (rest !== '') yield encoder.encode(rest);
}

async function* withLineFeeds(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield chunk.map((byte) => (byte === 13 ? 10 : byte));
}

/** SHA-256 of a file as it lies on disk. */
export const sha256OfFile = async (path: string, name: string): Promise<string> => {
  const source = openSource(path, name, { gzip: false, encoding: 'utf-8' });
  for await (const chunk of source.chunks) void chunk;
  return source.sha256();
};
