import type * as TfCore from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { BETA_1, BETA_2, GUARD, layersOf, type Network } from './network.ts';

/** The part of TensorFlow.js used here: its core, without layers, data or browser backends. */
export type TensorFlow = typeof TfCore;

/**
 * The network on TensorFlow.js, in three flat tensors (weights and Adam's two moments) held until `dispose`: what our own
 * kernel is compared with, and the second engine.
 */
export const createTensorFlowNetwork = (tf: TensorFlow, sizes: readonly number[], initial: Float32Array): Network => {
  const layers = layersOf(sizes);
  const width = sizes[0] ?? 0;
  let flat: Tensor1D = tf.tensor1d(initial);
  let mean: Tensor1D = tf.zeros([initial.length]);
  let variance: Tensor1D = tf.zeros([initial.length]);
  let steps = 0;

  const unpack = (): { matrix: Tensor2D; bias: Tensor1D }[] => {
    let at = 0;
    return layers.map(([inputs, outputs]) => {
      const matrix: Tensor2D = tf.reshape(tf.slice1d(flat, at, inputs * outputs), [inputs, outputs]);
      at += inputs * outputs;
      const bias = tf.slice1d(flat, at, outputs);
      at += outputs;
      return { matrix, bias };
    });
  };

  /** Activations of every layer, the input first. */
  const forward = (x: Tensor2D, parameters: ReturnType<typeof unpack>): Tensor2D[] => {
    const activations = [x];
    parameters.forEach(({ matrix, bias }, layer) => {
      const a = activations[layer] ?? x;
      const shape: [number, number] = [x.shape[0], matrix.shape[1]];
      const sum: Tensor2D = tf.reshape(tf.fused.matMul({ a, b: matrix, bias }), shape);
      activations.push(layer < parameters.length - 1 ? tf.tanh(sum) : sum);
    });
    return activations;
  };

  /** Gradient of the loss with respect to the flat weights, from that of the output. */
  const backward = (
    output: Tensor2D,
    activations: readonly Tensor2D[],
    parameters: ReturnType<typeof unpack>,
  ): Tensor1D => {
    const parts: Tensor1D[] = [];
    let delta = output;
    for (let layer = parameters.length - 1; layer >= 0; layer--) {
      const input = activations[layer] ?? output;
      const matrix = parameters[layer]?.matrix ?? output;
      parts.unshift(tf.reshape(tf.matMul(tf.transpose(input), delta), [-1]), tf.sum(delta, 0));
      // d tanh(u) / du = 1 − tanh(u)²
      if (layer > 0) {
        delta = tf.mul(tf.matMul(delta, tf.transpose(matrix)), tf.sub(1, tf.square(input)));
      }
    }
    return tf.concat1d(parts);
  };

  const adam = (gradient: Tensor1D, learningRate: number): [Tensor1D, Tensor1D, Tensor1D] => {
    steps++;
    const m: Tensor1D = tf.add(tf.mul(mean, BETA_1), tf.mul(gradient, 1 - BETA_1));
    const v: Tensor1D = tf.add(tf.mul(variance, BETA_2), tf.mul(tf.square(gradient), 1 - BETA_2));
    const rate = (learningRate * Math.sqrt(1 - BETA_2 ** steps)) / (1 - BETA_1 ** steps);
    const change = tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), GUARD));
    return [tf.sub(flat, change), m, v];
  };

  return {
    step: (x, mask, keep, learningRate) => {
      let loss = 0;
      const next = tf.tidy(() => {
        const input = tf.tensor2d(x, [x.length / width, width]);
        const parameters = unpack();
        const activations = forward(input, parameters);
        const output = activations[layers.length] ?? input;
        const difference: Tensor2D = tf.mul(tf.sub(output, input), tf.tensor2d(mask, input.shape));
        const errors = tf.sum(tf.square(difference), 1).dataSync<'float32'>();
        const chosen = smallest(errors, keep);
        loss = chosen.mean / width;
        const weights = tf.tensor2d(
          chosen.kept.map((k) => (2 * k) / (keep * width)),
          [errors.length, 1],
        );
        return adam(backward(tf.mul(difference, weights), activations, parameters), learningRate);
      });
      tf.dispose([flat, mean, variance]);
      [flat, mean, variance] = next;
      return loss;
    },
    reconstruct: (x) => {
      const output = tf.tidy(() => {
        const input = tf.tensor2d(x, [x.length / width, width]);
        return forward(input, unpack())[layers.length] ?? input;
      });
      const made = output.dataSync<'float32'>().slice();
      output.dispose();
      return made;
    },
    weights: () => flat.dataSync<'float32'>().slice(),
    dispose: () => tf.dispose([flat, mean, variance]),
  };
};

/** 1 for the `keep` smallest values (the earlier of equals), and their mean. */
const smallest = (values: Float32Array, keep: number): { readonly kept: Float32Array; readonly mean: number } => {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
  const kept = new Float32Array(values.length);
  let mean = 0;
  for (const row of order.subarray(0, keep)) {
    kept[row] = 1;
    mean += (values[row] ?? 0) / keep;
  }
  return { kept, mean };
};
