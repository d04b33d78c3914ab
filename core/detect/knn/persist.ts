import { z } from 'zod';
import { metaOf, readModel, writeModel } from '../model-file.ts';
import { arraysOfCentres, centresOf } from '../neighbours/index.ts';
import type { Knn } from './knn.ts';

const KIND = 'knn';
const VERSION = 1;

const metaSchema = z.object({
  names: z.array(z.string()).min(1),
  neighbours: z.int().positive(),
  count: z.int().positive().max(65_535),
});

/** The model as a file: centres of groups with their sizes; no training row. */
export const saveKnn = ({ names, neighbours, centres }: Knn): Uint8Array =>
  writeModel({
    kind: KIND,
    version: VERSION,
    meta: { names, neighbours, count: centres.count },
    arrays: arraysOfCentres(centres),
  });

/** Reads what `saveKnn` wrote; errors as `readModel`. */
export const loadKnn = (bytes: Uint8Array): Knn => {
  const content = readModel(bytes, KIND, VERSION);
  const { names, neighbours, count } = metaOf(content, metaSchema);
  return { names, neighbours, centres: centresOf(content, count, names.length) };
};
