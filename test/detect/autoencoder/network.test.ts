import { describe, expect, it } from 'vitest';
import { chooseBackend } from '../../../core/detect/autoencoder/index.ts';
import { createNetwork, initialWeights, weightCount } from '../../../core/detect/autoencoder/network.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { normalMatrix } from '../tables.ts';

describe('network', () => {
  it('computes what its weights say: tanh inside, linear at the end', async () => {
    const { tf } = await chooseBackend('cpu');
    // 1 → 1 → 1: 3 tanh(2 x + 0.5) − 1
    const network = createNetwork(tf, [1, 1, 1], Float32Array.of(2, 0.5, 3, -1));
    const made = network.reconstruct(Float32Array.of(0, 1, -0.25));
    network.dispose();
    [3 * Math.tanh(0.5) - 1, 3 * Math.tanh(2.5) - 1, -1].forEach((expected, i) => {
      expect(made[i]).toBeCloseTo(expected, 5);
    });
  });

  it('steps against the gradient: signs equal those of finite differences', async () => {
    const { tf } = await chooseBackend('cpu');
    const sizes = [4, 3, 2, 3, 4];
    const random = seededRandom(1);
    const weights = initialWeights(sizes, random);
    expect(weights.length).toBe(weightCount(sizes));
    const x = normalMatrix(16, 4, 2).values;
    const mask = Float32Array.from(x, (_, i) => (i % 5 === 0 ? 0 : 1));
    const lossAt = (values: Float32Array): number => {
      const network = createNetwork(tf, sizes, values);
      const made = network.reconstruct(x);
      network.dispose();
      return made.reduce((sum, v, i) => sum + ((v - (x[i] ?? 0)) * (mask[i] ?? 0)) ** 2, 0) / 64;
    };
    const network = createNetwork(tf, sizes, weights);
    const loss = network.step(x, mask, 16, 0.001);
    const moved = network.weights();
    network.dispose();
    expect(loss).toBeCloseTo(lossAt(weights), 5);
    let compared = 0;
    weights.forEach((_, k) => {
      const bump = (by: number): number => lossAt(weights.map((weight, at) => (at === k ? weight + by : weight)));
      const slope = (bump(0.01) - bump(-0.01)) / 0.02;
      if (Math.abs(slope) < 0.01) return;
      compared++;
      // The first step of Adam moves every weight by the rate against the sign of its gradient.
      const move = (moved[k] ?? 0) - (weights[k] ?? 0);
      expect(move).toBeCloseTo(-0.001 * Math.sign(slope), 5);
    });
    expect(compared).toBeGreaterThan(weights.length / 2);
  });

  it('does not learn from the rows it trims', async () => {
    const { tf } = await chooseBackend('cpu');
    const sizes = [2, 2, 1, 2, 2];
    const weights = initialWeights(sizes, seededRandom(3));
    const x = Float32Array.of(0.1, 0.2, 0.3, -0.1, 9, -9);
    const stepped = [x, Float32Array.of(0.1, 0.2, 0.3, -0.1, -8, 7)].map((batch) => {
      const network = createNetwork(tf, sizes, weights);
      network.step(batch, new Float32Array(6).fill(1), 2, 0.01);
      const after = network.weights();
      network.dispose();
      return [...after];
    });
    expect(stepped[0]).toEqual(stepped[1]);
    expect(stepped[0]).not.toEqual([...weights]);
  });
});
