import { z } from 'zod';
import { arrayOf, metaOf, readModel, writeModel } from '../model-file.ts';
import type { Pca } from './pca.ts';

const KIND = 'pca';
const VERSION = 1;

const metaSchema = z.object({ names: z.array(z.string()).min(1), directions: z.int().nonnegative() });

/** The model as a file: moments and directions; no training row. */
export const savePca = ({ names, directions, mean, inverse, weighted }: Pca): Uint8Array =>
  writeModel({ kind: KIND, version: VERSION, meta: { names, directions }, arrays: { mean, inverse, weighted } });

/** Reads what `savePca` wrote; errors as `readModel`. */
export const loadPca = (bytes: Uint8Array): Pca => {
  const content = readModel(bytes, KIND, VERSION);
  const { names, directions } = metaOf(content, metaSchema);
  return {
    names,
    directions,
    mean: arrayOf(content, 'mean', 'float64', names.length),
    inverse: arrayOf(content, 'inverse', 'float64', names.length),
    weighted: arrayOf(content, 'weighted', 'float64', directions * names.length),
  };
};
