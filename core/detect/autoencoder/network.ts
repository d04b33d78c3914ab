import type { Random } from '../../random/random.ts';

/** Adam's decay rates and guard: Kingma & Ba 2015, algorithm 1. */
export const BETA_1 = 0.9;
export const BETA_2 = 0.999;
export const GUARD = 1e-7;

/**
 * A dense autoencoder: tanh inside, linear at the end. Rows are given row by row; `mask` has 1 where a value was observed
 * and 0 where not. Holds memory until `dispose`.
 */
export type Network = {
  /** One Adam step on the `keep` rows of the batch with the smallest error; returns their mean squared error per cell. */
  step(x: Float32Array, mask: Float32Array, keep: number, learningRate: number): number;
  /** What the network makes of each row. */
  reconstruct(x: Float32Array): Float32Array;
  /** All weights, layer by layer: matrix (inputs × outputs), then biases. */
  weights(): Float32Array;
  dispose(): void;
};

/** Inputs and outputs of each layer. */
export const layersOf = (sizes: readonly number[]): (readonly [inputs: number, outputs: number])[] =>
  sizes.slice(1).map((outputs, k) => [sizes[k] ?? 0, outputs] as const);

/** Number of weights and biases of a network with these layer sizes. */
export const weightCount = (sizes: readonly number[]): number =>
  layersOf(sizes).reduce((sum, [inputs, outputs]) => sum + (inputs + 1) * outputs, 0);

/** Seeded weights: uniform in ±√(6 / (inputs + outputs)) (Glorot & Bengio 2010), biases 0. */
export const initialWeights = (sizes: readonly number[], random: Random): Float32Array => {
  const weights: number[] = [];
  for (const [inputs, outputs] of layersOf(sizes)) {
    const limit = Math.sqrt(6 / (inputs + outputs));
    for (let k = 0; k < inputs * outputs; k++) weights.push((2 * random.float() - 1) * limit);
    for (let k = 0; k < outputs; k++) weights.push(0);
  }
  return Float32Array.from(weights);
};
