import { z } from 'zod';
import { arrayOf, metaOf, readModel, writeModel } from '../model-file.ts';
import type { Autoencoder } from './fit.ts';
import { weightCount } from './network.ts';

const KIND = 'autoencoder';
const VERSION = 1;

const metaSchema = z
  .object({
    names: z.array(z.string()).min(1),
    sizes: z.array(z.int().positive().max(100_000)).min(2).max(64),
    backend: z.object({
      name: z.enum(['native', 'wasm', 'cpu']),
      version: z.string(),
      why: z.string(),
    }),
  })
  .refine(({ names, sizes }) => names.length === sizes[0] && names.length === sizes.at(-1));

/** The autoencoder as a model file: weights and residual scales; no training row. */
export const saveAutoencoder = (model: Autoencoder): Uint8Array =>
  writeModel({
    kind: KIND,
    version: VERSION,
    meta: { names: model.names, sizes: model.sizes, backend: model.backend },
    arrays: { weights: model.weights, residualScale: model.residualScale },
  });

/** Reads what `saveAutoencoder` wrote; errors as `readModel`. */
export const loadAutoencoder = (bytes: Uint8Array): Autoencoder => {
  const content = readModel(bytes, KIND, VERSION);
  const { names, sizes, backend } = metaOf(content, metaSchema);
  const weights = arrayOf(content, 'weights', 'float32', weightCount(sizes));
  const residualScale = arrayOf(content, 'residualScale', 'float64', names.length);
  return { names, sizes, weights, residualScale, backend };
};
