import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** A file of the page: where it was asked for, its bytes and its media type. */
export type PageFile = { readonly path: string; readonly bytes: Buffer; readonly type: string };

/**
 * Reads the file of `directory` that a URL's path names; `/` is `/index.html`. Null for anything else: a path that is not
 * plain, one that leads out of the directory (links included), a folder, or a type the page does not have.
 */
export const readPageFile = async (directory: string, urlPath: string): Promise<PageFile | null> => {
  const path = plainPath(urlPath === '/' ? '/index.html' : urlPath);
  const type = path === null ? undefined : TYPES[extname(path)];
  if (path === null || type === undefined) return null;
  try {
    const [root, file] = await Promise.all([realpath(directory), realpath(join(directory, path))]);
    if (!file.startsWith(root + sep)) return null;
    return { path, bytes: await readFile(file), type };
  } catch (error) {
    if (error instanceof Error && 'code' in error && NOT_THERE.has(String(error.code))) return null;
    throw error;
  }
};

const NOT_THERE = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP']);

/** Segments of letters, digits, `.`, `_` and `-` that start with none of the dots: all that a build writes. */
const plainPath = (urlPath: string): string | null =>
  /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/u.test(urlPath) ? urlPath : null;
