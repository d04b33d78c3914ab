import { describe, expect, it } from 'vitest';
import { chooseBackend } from '../../../core/detect/autoencoder/index.ts';
import { initialWeights, weightCount } from '../../../core/detect/autoencoder/network.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { normalMatrix } from '../tables.ts';

describe.each(['simd', 'cpu', 'wasm'] as const)('network on %s', (backend) => {
  it('computes what its weights say: tanh inside, linear at the end', async () => {
    const { createNetwork } = await chooseBackend(backend);
    // 1 → 1 → 1: 3 tanh(2 x + 0.5) − 1
    const network = createNetwork([1, 1, 1], Float32Array.of(2, 0.5, 3, -1));
    const made = network.reconstruct(Float32Array.of(0, 1, -0.25));
    network.dispose();
    [3 * Math.tanh(0.5) - 1, 3 * Math.tanh(2.5) - 1, -1].forEach((expected, i) => {
      expect(made[i]).toBeCloseTo(expected, 5);
    });
  });

  it('makes the steps of Adam on the gradient that finite differences give', async () => {
    const { createNetwork } = await chooseBackend(backend);
    const sizes = [4, 3, 2, 3, 4];
    const initial = initialWeights(sizes, seededRandom(1)).map((weight) => 1.5 * weight);
    expect(initial.length).toBe(weightCount(sizes));
    const batches = [2, 3].map((seed) => normalMatrix(16, 4, seed).values);
    const mask = Float32Array.from({ length: 64 }, (_, i) => (i % 5 === 0 ? 0 : 1));
    const lossAt = (weights: Float32Array, x: Float32Array): number => {
      const network = createNetwork(sizes, weights);
      const made = network.reconstruct(x);
      network.dispose();
      return made.reduce((sum, v, i) => sum + ((v - (x[i] ?? 0)) * (mask[i] ?? 0)) ** 2, 0) / 64;
    };
    const gradientAt = (weights: Float32Array, x: Float32Array): Float64Array =>
      Float64Array.from(weights, (_, k) => {
        const bump = (by: number): number =>
          lossAt(
            weights.map((weight, at) => (at === k ? weight + by : weight)),
            x,
          );
        return (bump(0.01) - bump(-0.01)) / 0.02;
      });

    // The first step is the rate against each sign; the second depends on the gradients' ratio.
    const rate = 0.001;
    const network = createNetwork(sizes, initial);
    expect(network.weights()).toEqual(initial);
    const [one = initial, two = initial] = batches;
    expect(network.step(one, mask, 16, rate)).toBeCloseTo(lossAt(initial, one), 5);
    const first = network.weights();
    network.step(two, mask, 16, rate);
    const second = network.weights();
    network.dispose();
    const g = gradientAt(initial, one);
    const h = gradientAt(first, two);
    let compared = 0;
    initial.forEach((weight, k) => {
      const [a = 0, b = 0] = [g[k], h[k]];
      if (Math.abs(a) < 0.02 || Math.abs(b) < 0.02) return;
      compared++;
      expect((first[k] ?? 0) - weight).toBeCloseTo(-rate * Math.sign(a), 5);
      const m = (0.9 * 0.1 * a + 0.1 * b) / (1 - 0.9 ** 2);
      const v = (0.999 * 0.001 * a * a + 0.001 * b * b) / (1 - 0.999 ** 2);
      const move = ((second[k] ?? 0) - (first[k] ?? 0)) / rate;
      expect(Math.abs(move + m / Math.sqrt(v))).toBeLessThan(0.03);
    });
    expect(compared).toBeGreaterThan(initial.length / 3);
  });

  it('does not learn from the rows it trims', async () => {
    const { createNetwork } = await chooseBackend(backend);
    const sizes = [2, 2, 1, 2, 2];
    const weights = initialWeights(sizes, seededRandom(3));
    const x = Float32Array.of(0.1, 0.2, 0.3, -0.1, 9, -9);
    const stepped = [x, Float32Array.of(0.1, 0.2, 0.3, -0.1, -8, 7)].map((batch) => {
      const network = createNetwork(sizes, weights);
      network.step(batch, new Float32Array(6).fill(1), 2, 0.01);
      const after = network.weights();
      network.dispose();
      return [...after];
    });
    expect(stepped[0]).toEqual(stepped[1]);
    expect(stepped[0]).not.toEqual([...weights]);
  });
});

describe('network on simd', () => {
  it.each([
    [[5, 3, 2, 3, 5], 7],
    [[9, 5, 3, 5, 9], 256],
    [[33, 17, 9, 17, 33], 100],
  ])('learns as TensorFlow.js does: %j, %d rows', async (sizes, rows) => {
    const initial = initialWeights(sizes, seededRandom(4));
    const width = sizes[0] ?? 0;
    const mask = Float32Array.from({ length: rows * width }, (_, i) => (i % 7 === 0 ? 0 : 1));
    const networks = await Promise.all(
      (['simd', 'cpu'] as const).map(async (name) => (await chooseBackend(name)).createNetwork(sizes, initial)),
    );
    const [simd, cpu] = networks.map((network) => {
      const losses = [1, 2, 3, 4, 5].map((seed) =>
        network.step(normalMatrix(rows, width, seed).values, mask, Math.ceil(0.9 * rows), 0.01),
      );
      const made = network.reconstruct(normalMatrix(600, width, 9).values);
      network.dispose();
      return { losses, made };
    });
    simd?.losses.forEach((loss, i) => expect(loss).toBeCloseTo(cpu?.losses[i] ?? 0, 5));
    simd?.made.forEach((value, i) => expect(Math.abs(value - (cpu?.made[i] ?? 0))).toBeLessThan(1e-4));
  });
});
