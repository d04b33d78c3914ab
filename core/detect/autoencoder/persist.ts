import { z } from 'zod';
import { arrayOf, metaOf, readModel, writeModel } from '../model-file.ts';
import type { Autoencoder } from './fit.ts';
import { weightCount } from './network.ts';

const KIND = 'autoencoder';
/** 2: several networks; 1 had one. */
const VERSION = 2;

const metaSchema = z
  .object({
    names: z.array(z.string()).min(1),
    sizes: z.array(z.int().positive().max(100_000)).min(2).max(64),
    members: z.int().positive().max(1000).default(1),
    backend: z.object({
      name: z.enum(['simd', 'native', 'wasm', 'cpu']),
      version: z.string(),
      why: z.string(),
    }),
  })
  .refine(({ names, sizes }) => names.length === sizes[0] && names.length === sizes.at(-1));

/** The autoencoder as a model file: weights and residual scales, network by network; no training row. */
export const saveAutoencoder = ({ names, sizes, members, backend }: Autoencoder): Uint8Array =>
  writeModel({
    kind: KIND,
    version: VERSION,
    meta: { names, sizes, members: members.length, backend },
    arrays: {
      weights: Float32Array.from(members.flatMap(({ weights }) => [...weights])),
      residualScale: Float64Array.from(members.flatMap(({ residualScale }) => [...residualScale])),
    },
  });

/** Reads what `saveAutoencoder` wrote, now or as version 1; errors as `readModel`. */
export const loadAutoencoder = (bytes: Uint8Array): Autoencoder => {
  const content = readModel(bytes, KIND, VERSION);
  const { names, sizes, members: count, backend } = metaOf(content, metaSchema);
  const each = weightCount(sizes);
  const weights = arrayOf(content, 'weights', 'float32', count * each);
  const scales = arrayOf(content, 'residualScale', 'float64', count * names.length);
  const members = Array.from({ length: count }, (_, k) => ({
    weights: weights.slice(k * each, (k + 1) * each),
    residualScale: scales.slice(k * names.length, (k + 1) * names.length),
  }));
  return { names, sizes, members, backend };
};
