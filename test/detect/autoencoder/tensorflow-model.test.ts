import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fitAutoencoder, loadTensorFlow, toTensorFlow } from '../../../core/detect/autoencoder/index.ts';
import { chooseBackend } from '../../../core/detect/autoencoder/backend.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { normalMatrix } from '../tables.ts';

const FILE = z.object({
  modelTopology: z.object({
    config: z.object({
      layers: z.array(
        z.object({
          class_name: z.literal('Dense'),
          config: z.object({ name: z.string(), units: z.number(), activation: z.enum(['tanh', 'linear']) }),
        }),
      ),
    }),
  }),
  weightsManifest: z.tuple([
    z.object({
      weights: z.array(
        z.object({ name: z.string(), shape: z.array(z.number()).readonly(), dtype: z.literal('float32') }),
      ),
    }),
  ]),
});

describe('toTensorFlow', () => {
  it('writes layers and weights that TensorFlow.js computes the same with, to 1e-5', async () => {
    const matrix = normalMatrix(300, 11, 1);
    const model = await fitAutoencoder(matrix, seededRandom(1));
    const [member = { weights: new Float32Array(0) }] = model.members;
    const written = toTensorFlow(model, member);
    const { modelTopology, weightsManifest } = FILE.parse(JSON.parse(written.json));

    const tf = await loadTensorFlow('cpu');
    const made = tf.tidy(() => {
      let at = 0;
      const tensors = new Map(
        weightsManifest[0].weights.map(({ name, shape }) => {
          const length = shape.reduce((a, b) => a * b, 1);
          const values = new Float32Array(written.weights.slice(at, at + 4 * length).buffer);
          at += 4 * length;
          return [name, tf.tensor(values, [...shape])] as const;
        }),
      );
      expect(at).toBe(written.weights.length);
      let x = tf.tensor(matrix.values, [matrix.rows, matrix.columns]);
      for (const { config } of modelTopology.config.layers) {
        const [kernel, bias] = [tensors.get(`${config.name}/kernel`), tensors.get(`${config.name}/bias`)];
        if (kernel === undefined || bias === undefined) throw new Error(config.name);
        expect(bias.shape).toEqual([config.units]);
        x = tf.add(tf.matMul(x, kernel), bias);
        if (config.activation === 'tanh') x = tf.tanh(x);
      }
      return x.dataSync<'float32'>().slice();
    });

    const network = (await chooseBackend()).createNetwork(model.sizes, member.weights);
    network.reconstruct(matrix.values).forEach((value, i) => {
      expect(Math.abs(value - (made[i] ?? Number.NaN))).toBeLessThan(1e-5);
    });
    network.dispose();
  });
});
