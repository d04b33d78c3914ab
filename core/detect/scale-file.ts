import { z } from 'zod';
import { metaOf, readModel, writeModel } from './model-file.ts';
import type { Scaler } from './scale.ts';

const VERSION = 1;

const scalerSchema = z.object({
  columns: z.array(
    z.object({
      name: z.string(),
      shape: z.enum(['linear', 'log']),
      unit: z.number().positive(),
      center: z.number(),
      scale: z.number().positive(),
      low: z.number(),
      high: z.number(),
    }),
  ),
  dropped: z.array(z.string()),
});

/** The scaling as a model file. */
export const saveScaler = (scaler: Scaler): Uint8Array =>
  writeModel({ kind: 'scaler', version: VERSION, meta: scaler, arrays: {} });

/** Reads what `saveScaler` wrote; errors as `readModel`. */
export const loadScaler = (bytes: Uint8Array): Scaler => metaOf(readModel(bytes, 'scaler', VERSION), scalerSchema);
