import type { Autoencoder, Member } from './fit.ts';
import { layersOf } from './network.ts';

/** A model as TensorFlow.js's layers format has it: the content of `model.json`, and of the file of weights it names. */
export type TensorFlowModel = { readonly json: string; readonly weights: Uint8Array };

/**
 * One network of an autoencoder for other programs: a Sequential of Dense layers that maps scaled, clipped rows (a missing value 0) to
 * what the network makes of them. `tf.loadLayersModel` reads it, and Keras after `tensorflowjs_converter`.
 */
export const toTensorFlow = (
  { sizes }: Pick<Autoencoder, 'sizes'>,
  { weights }: Pick<Member, 'weights'>,
): TensorFlowModel => {
  const layers = layersOf(sizes);
  const nameOf = (k: number): string => `dense_${k + 1}`;
  const json = {
    format: 'layers-model',
    generatedBy: 'nightjar',
    modelTopology: {
      class_name: 'Sequential',
      config: {
        name: 'autoencoder',
        layers: layers.map(([inputs, outputs], k) => ({
          class_name: 'Dense',
          config: {
            name: nameOf(k),
            units: outputs,
            activation: k + 1 < layers.length ? 'tanh' : 'linear',
            use_bias: true,
            dtype: 'float32',
            ...(k === 0 ? { batch_input_shape: [null, inputs] } : {}),
          },
        })),
      },
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: layers.flatMap(([inputs, outputs], k) => [
          { name: `${nameOf(k)}/kernel`, shape: [inputs, outputs], dtype: 'float32' },
          { name: `${nameOf(k)}/bias`, shape: [outputs], dtype: 'float32' },
        ]),
      },
    ],
  };
  return { json: JSON.stringify(json), weights: littleEndian(weights) };
};

const littleEndian = (values: Float32Array): Uint8Array => {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return bytes;
};
