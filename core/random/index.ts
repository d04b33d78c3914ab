export { drawInOrder, drawRows, makeRowSampler, shuffled } from './draw.ts';
export { seededRandom, type Random } from './random.ts';
export { systemRandom, type SecureRandom } from './secure-random.ts';
export { createNoiseSource, type NoiseSource } from './noise-source.ts';
