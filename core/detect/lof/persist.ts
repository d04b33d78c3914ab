import { z } from 'zod';
import { arrayOf, metaOf, readModel, writeModel } from '../model-file.ts';
import { arraysOfCentres, centresOf } from '../neighbours/index.ts';
import type { Lof } from './lof.ts';

const KIND = 'lof';
const VERSION = 1;

const metaSchema = z.object({
  names: z.array(z.string()).min(1),
  neighbours: z.int().positive(),
  count: z.int().positive().max(65_535),
});

/** The model as a file: centres of groups and the density around them; no training row. */
export const saveLof = ({ names, neighbours, centres, reach, density }: Lof): Uint8Array =>
  writeModel({
    kind: KIND,
    version: VERSION,
    meta: { names, neighbours, count: centres.count },
    arrays: { ...arraysOfCentres(centres), reach, density },
  });

/** Reads what `saveLof` wrote; errors as `readModel`. */
export const loadLof = (bytes: Uint8Array): Lof => {
  const content = readModel(bytes, KIND, VERSION);
  const { names, neighbours, count } = metaOf(content, metaSchema);
  return {
    names,
    neighbours,
    centres: centresOf(content, count, names.length),
    reach: arrayOf(content, 'reach', 'float64', count),
    density: arrayOf(content, 'density', 'float64', count),
  };
};
