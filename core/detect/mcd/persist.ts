import { z } from 'zod';
import { logDeterminant } from '../../math/index.ts';
import { arrayOf, metaOf, readModel, writeModel } from '../model-file.ts';
import type { Mcd } from './mcd.ts';

const KIND = 'mcd';
const VERSION = 1;

const metaSchema = z.object({ names: z.array(z.string()).min(1) });

/** The model as a file: a location and the Cholesky factor of a covariance; no training row. */
export const saveMcd = ({ names, location, lower }: Mcd): Uint8Array =>
  writeModel({ kind: KIND, version: VERSION, meta: { names }, arrays: { location, lower } });

/** Reads what `saveMcd` wrote; errors as `readModel`. */
export const loadMcd = (bytes: Uint8Array): Mcd => {
  const content = readModel(bytes, KIND, VERSION);
  const { names } = metaOf(content, metaSchema);
  const location = arrayOf(content, 'location', 'float64', names.length);
  const lower = arrayOf(content, 'lower', 'float64', names.length ** 2);
  return { names, location, lower, logDet: logDeterminant(lower, names.length) };
};
