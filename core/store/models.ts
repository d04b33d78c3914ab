import { join } from 'node:path';
import type { Case } from './case.ts';
import { replaceFile } from './files.ts';

/** Writes the fitted models of the latest run into the case's `models/`, each whole or not at all. */
export const saveModels = (
  into: Case,
  models: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): void => {
  for (const { name, bytes } of models) replaceFile(join(into.paths.models, `${name}.model`), bytes);
};
