import { NightjarError } from '../api/errors.ts';
import type { Detector } from './detector.ts';
import { DETECTORS } from './detectors.ts';
import {
  densityForest,
  extendedForest,
  fairCutForest,
  pooledGainForest,
  sciForest,
  type CutForest,
} from './forests/index.ts';
import { isolationForest } from './isolation-forest/index.ts';
import { headOfModel } from './model-file.ts';
import { modelToJson } from './model-json.ts';
import { exportForest } from './onnx/index.ts';
import { loadScaler } from './scale-file.ts';

/** Detectors whose model is a forest. */
const FORESTS: readonly Detector<CutForest>[] = [
  isolationForest,
  extendedForest,
  sciForest,
  fairCutForest,
  pooledGainForest,
  densityForest,
];

/** What `exportModel` writes. */
export const MODEL_FORMS = ['json', 'onnx'] as const;
export type ModelForm = (typeof MODEL_FORMS)[number];

/**
 * A saved model and the scaling of its features for other programs. `json`: the model's content and, as `scaling`, per
 * column how a value x becomes the model's z = (shape(x) − center) / scale, where `log` shapes it to
 * sign(x) · ln(1 + |x| / unit). `onnx`, of forests: a graph from z to the score (`exportForest`), the scaling as JSON in its
 * metadata. There is no noise in either. Errors: `usage` for a model that is no forest, or that cuts categories, as ONNX;
 * `case-damaged` and `case-newer` as `readModel`.
 */
export const exportModel = (name: string, model: Uint8Array, scaling: Uint8Array, form: ModelForm): Uint8Array => {
  const { columns } = loadScaler(scaling);
  if (form === 'onnx') {
    const forest = FORESTS.find((each) => each.name === name);
    if (forest !== undefined) return exportForest(forest.load(model), { scaling: JSON.stringify(columns) });
    throw new NightjarError('usage', 'Only a forest can be written as ONNX.', {
      where: name,
      next: `Take one of ${FORESTS.map((each) => each.name).join(', ')}, or write JSON.`,
    });
  }
  DETECTORS.find((each) => each.name === name)?.load(model); // all of it is checked, not only its head
  const { kind, version } = headOfModel(model) ?? { kind: name, version: 1 };
  return Buffer.from(`{"scaling":${JSON.stringify(columns)},"model":${modelToJson(model, kind, version)}}\n`);
};
