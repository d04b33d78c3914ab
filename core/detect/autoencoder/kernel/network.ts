import { BETA_1, BETA_2, GUARD, layersOf, type Network } from '../network.ts';
import { layOut } from './layout.ts';
import { makeProduct, TILE_ROWS } from './product.ts';
import { rationalTanh } from './tanh.ts';

/** Rows worked on at a time, and the most a batch may have. */
const MAX_ROWS = 256;

/**
 * The network in typed arrays over one WebAssembly memory, its matrix products by SIMD (product.ts). Only + − × ÷ and √
 * are used, each rounded as IEEE 754 says, so that the same seed gives the same bits on every machine. `mostRows` is the
 * most rows it is ever given, at most 256 for a batch: fewer take less memory.
 */
export const createSimdNetwork = (sizes: readonly number[], initial: Float32Array, mostRows = MAX_ROWS): Network => {
  const block = Math.min(MAX_ROWS, Math.ceil(mostRows / TILE_ROWS) * TILE_ROWS);
  const { widths, layers, parameters, gradients, activations, deltas, total } = layOut(sizes, block);
  const { product, memory } = makeProduct(total);
  const mean = new Float32Array(parameters);
  const variance = new Float32Array(parameters);
  const errors = new Float64Array(block);
  const last = layers.length;
  const width = sizes[0] ?? 0;
  const stride = widths[0] ?? 0;
  let [power1, power2] = [1, 1];

  // Indices below stay inside by construction of the layout: `!` in the loops over cells, which are the cost.
  const write = (x: Float32Array, from: number, rows: number): number => {
    const padded = Math.ceil(rows / TILE_ROWS) * TILE_ROWS;
    const to = activations[0]!;
    for (let row = 0; row < rows; row++) {
      memory.set(x.subarray((from + row) * width, (from + row + 1) * width), to + row * stride);
    }
    memory.fill(0, to + rows * stride, to + padded * stride);
    return padded;
  };

  const forward = (rows: number): void => {
    layers.forEach(({ matrix, bias }, k) => {
      const [inputs, outputs, a, to] = [widths[k]!, widths[k + 1]!, activations[k]!, activations[k + 1]!];
      const units = sizes[k + 1]!; // beyond them all is zero
      product(rows, outputs, inputs, a, inputs, 1, matrix, outputs, to, outputs);
      for (let at = to; at < to + rows * outputs; at += outputs) {
        if (k + 1 === last) for (let j = 0; j < units; j++) memory[at + j]! += memory[bias + j]!;
        else for (let j = 0; j < units; j++) memory[at + j] = rationalTanh(memory[at + j]! + memory[bias + j]!);
      }
    });
  };

  /** Writes the derivatives of the loss by the outputs and returns the loss of the rows kept. */
  const residuals = (mask: Float32Array, rows: number, padded: number, keep: number): number => {
    const [input, output, delta] = [activations[0]!, activations[last]!, deltas[last]!];
    memory.fill(0, delta, delta + padded * stride);
    for (let row = 0; row < rows; row++) {
      let error = 0;
      for (let j = 0, at = row * stride; j < width; j++, at++) {
        const residual = (memory[output + at]! - memory[input + at]!) * mask[row * width + j]!;
        memory[delta + at] = residual;
        error += residual * residual;
      }
      errors[row] = error;
    }
    const limit = errors.slice(0, rows).sort()[keep - 1] ?? 0;
    let ties = keep;
    for (let row = 0; row < rows; row++) if (errors[row]! < limit) ties--;
    let loss = 0;
    for (let row = 0; row < rows; row++) {
      const kept = errors[row]! < limit || (errors[row] === limit && ties-- > 0);
      if (kept) loss += errors[row]! / (keep * width);
      const factor = kept ? 2 / (keep * width) : 0;
      for (let at = delta + row * stride; at < delta + row * stride + width; at++) memory[at]! *= factor;
    }
    return loss;
  };

  const backward = (rows: number): void => {
    for (let k = last - 1; k >= 0; k--) {
      const { matrix, bias, transposed } = layers[k]!;
      const [inputs, outputs, a, delta, to] = [widths[k]!, widths[k + 1]!, activations[k]!, deltas[k + 1]!, deltas[k]!];
      product(inputs, outputs, rows, a, 1, inputs, delta, outputs, gradients + matrix, outputs);
      sumRows(memory, delta, rows, outputs, gradients + bias);
      if (k === 0) return;
      transpose(memory, matrix, inputs, outputs, transposed);
      product(rows, inputs, outputs, delta, outputs, 1, transposed, inputs, to, inputs);
      // d tanh(u) / du = 1 − tanh(u)²
      for (let i = 0; i < rows * inputs; i++) memory[to + i]! *= 1 - memory[a + i]! * memory[a + i]!;
    }
  };

  const adam = (learningRate: number): void => {
    power1 *= BETA_1;
    power2 *= BETA_2;
    const rate = (learningRate * Math.sqrt(1 - power2)) / (1 - power1);
    for (let k = 0; k < parameters; k++) {
      const gradient = memory[gradients + k]!;
      const m = BETA_1 * mean[k]! + (1 - BETA_1) * gradient;
      const v = BETA_2 * variance[k]! + (1 - BETA_2) * gradient * gradient;
      mean[k] = m;
      variance[k] = v;
      memory[k]! -= (rate * m) / (Math.sqrt(v) + GUARD);
    }
  };

  /** Calls with the padded place and the flat place of each run of real weights. */
  const eachRun = (visit: (padded: number, flat: number, count: number) => void): void => {
    let flat = 0;
    layersOf(sizes).forEach(([inputs, outputs], k) => {
      const { matrix, bias } = layers[k]!;
      for (let i = 0; i < inputs; i++, flat += outputs) visit(matrix + i * widths[k + 1]!, flat, outputs);
      visit(bias, flat, outputs);
      flat += outputs;
    });
  };
  eachRun((padded, flat, count) => memory.set(initial.subarray(flat, flat + count), padded));

  return {
    step: (x, mask, keep, learningRate) => {
      const rows = x.length / width;
      const padded = write(x, 0, rows);
      forward(padded);
      const loss = residuals(mask, rows, padded, keep);
      backward(padded);
      adam(learningRate);
      return loss;
    },
    reconstruct: (x) => {
      const made = new Float32Array(x.length);
      for (let from = 0; from < x.length / width; from += block) {
        const rows = Math.min(block, x.length / width - from);
        forward(write(x, from, rows));
        for (let row = 0; row < rows; row++) {
          const at = activations[last]! + row * stride;
          made.set(memory.subarray(at, at + width), (from + row) * width);
        }
      }
      return made;
    },
    weights: () => {
      const flat = new Float32Array(initial.length);
      eachRun((padded, to, count) => flat.set(memory.subarray(padded, padded + count), to));
      return flat;
    },
    dispose: () => undefined,
  };
};

const sumRows = (memory: Float32Array, from: number, rows: number, columns: number, to: number): void => {
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += memory[from + row * columns + j]!;
    memory[to + j] = sum;
  }
};

const transpose = (memory: Float32Array, from: number, rows: number, columns: number, to: number): void => {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) memory[to + j * rows + i] = memory[from + i * columns + j]!;
  }
};
