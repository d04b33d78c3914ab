import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from './case.ts';
import { replaceFile, withFileErrors } from './files.ts';

/** Writes the fitted models of the latest run into the case's `models/`, each whole or not at all. */
export const saveModels = (
  into: Case,
  models: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): void => {
  for (const { name, bytes } of models) replaceFile(join(into.paths.models, `${name}.model`), bytes);
};

/** Those of the named models of the latest run that the case keeps. */
export const loadModels = (
  from: Case,
  names: readonly string[],
): readonly { readonly name: string; readonly bytes: Uint8Array }[] =>
  names.flatMap((name) => {
    const path = join(from.paths.models, `${name}.model`);
    return existsSync(path) ? [{ name, bytes: new Uint8Array(withFileErrors(path, () => readFileSync(path))) }] : [];
  });

/** SHA-256 of a model's file, in hex: a run keeps those of its own, as files and database are not written in one go. */
export const modelDigest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
