import { readdirSync, statSync, type Stats } from 'node:fs';
import { basename, join } from 'node:path';
import { looksLikeIdentifier } from '../anonymize/identifier-like.ts';
import { NightjarError } from '../api/errors.ts';

/** A file to read. `name` is for people; `dataset` is stored with every event. */
export type InputFile = {
  readonly path: string;
  readonly name: string;
  readonly dataset: string;
  readonly bytes: number;
};

/**
 * The files behind some paths, folders opened (hidden files left out), in the order given and by name within a folder.
 * Errors: `input` for a path that is not there, and for a folder without files.
 */
export const listInputs = (paths: readonly string[]): readonly InputFile[] => {
  const seen = new Set<string>();
  return paths
    .flatMap((path, i) => {
      const stat = statOf(path);
      if (!stat) throw new NightjarError('input', 'There is no such file.', { where: path, next: 'Check the path.' });
      if (!stat.isDirectory() && !stat.isFile()) {
        throw new NightjarError('input', 'This is neither a file nor a folder.', {
          where: path,
          next: 'A file is read twice: write the stream to one first.',
        });
      }
      const dataset = safeName(basename(path), i);
      if (!stat.isDirectory()) return [{ path, name: basename(path), dataset, bytes: stat.size }];
      const files = filesIn(path);
      if (files.length === 0)
        throw new NightjarError('input', 'The folder holds no files.', {
          where: path,
          next: 'Name a folder with logs.',
        });
      return files.map((file) => ({ path: file, name: basename(file), dataset, bytes: statSync(file).size }));
    })
    .filter(({ path }) => !seen.has(path) && seen.add(path));
};

/** Links to files are followed, links to folders are not: they may lead in circles. */
const filesIn = (folder: string): string[] =>
  permitted(folder, () => readdirSync(folder, { withFileTypes: true }))
    .filter((entry) => !entry.name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(path);
      return entry.isFile() || (entry.isSymbolicLink() && statOf(path)?.isFile() === true) ? [path] : [];
    });

/** Below a file there is nothing: Node 20 throws there, later ones do not. */
const statOf = (path: string): Stats | undefined =>
  permitted(path, () => {
    try {
      return statSync(path, { throwIfNoEntry: false });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
      throw error;
    }
  });

const permitted = <T>(where: string, look: () => T): T => {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const next = 'Check the path and its permissions.';
    throw new NightjarError('input', 'This path cannot be looked at.', { where, next }, error);
  }
};

/** A file name may itself name somebody; such a one is stored by its place in the list. */
export const safeName = (name: string, index: number): string => {
  const bare = name.replace(/\.gz$/iu, '').replace(/\.(?:csv|tsv|json|ndjson|jsonl|log|txt|parquet)$/iu, '');
  const names = bare.includes('@') || looksLikeIdentifier(bare) || looksLikeIdentifier(name);
  return names ? `input-${index + 1}` : bare;
};
