import { z } from 'zod';
import { metaOf, readModel, writeModel } from '../model-file.ts';
import type { Lockstep } from './fit.ts';

const KIND = 'lockstep';
const VERSION = 1;

const metaSchema = z.object({ names: z.array(z.string()).min(1) });

/** The model as a file: the names of the features. Twins are rows of a run, and a model file holds no row. */
export const saveLockstep = ({ names }: Lockstep): Uint8Array =>
  writeModel({ kind: KIND, version: VERSION, meta: { names }, arrays: {} });

/** Reads what `saveLockstep` wrote; errors as `readModel`. It scores every row 0. */
export const loadLockstep = (bytes: Uint8Array): Lockstep => ({
  ...metaOf(readModel(bytes, KIND, VERSION), metaSchema),
  found: undefined,
});
