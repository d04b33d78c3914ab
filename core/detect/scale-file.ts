import { z } from 'zod';
import { metaOf, readModel, writeModel } from './model-file.ts';
import type { Scaler } from './scale.ts';

/** 2: with categories; others are written as 1. */
const VERSION = 2;

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
      rarity: z.array(z.number()).min(2).max(65_536).optional(),
    }),
  ),
  dropped: z.array(z.string()),
});

/** The scaling as a model file. */
export const saveScaler = (scaler: Scaler): Uint8Array =>
  writeModel({
    kind: 'scaler',
    version: scaler.columns.some(({ rarity }) => rarity !== undefined) ? VERSION : 1,
    meta: scaler,
    arrays: {},
  });

/** Reads what `saveScaler` wrote; errors as `readModel`. */
export const loadScaler = (bytes: Uint8Array): Scaler => {
  const { columns, dropped } = metaOf(readModel(bytes, 'scaler', VERSION), scalerSchema);
  return { columns: columns.map(({ rarity, ...column }) => (rarity ? { ...column, rarity } : column)), dropped };
};
