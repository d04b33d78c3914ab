import { NightjarError } from '../../api/errors.ts';
import { hasDensities, leafUnit, type CutForest } from '../forests/index.ts';
import { encodeGraph, type Constant, type Operator } from './graph.ts';
import { treeNodes } from './tree-nodes.ts';

/**
 * A forest as an ONNX model (IR 8, opset 13, ai.onnx.ml 1) that scores as the forest does: input
 * `features`, rows × columns of float32 in the units of the matrix the forest was fitted on (after
 * scaling), missing values NaN; output `score`, rows × 1, higher is odder. One TreeEnsembleRegressor
 * gives the mean leaf value; where cuts combine columns it works on their projections, which are
 * computed for every cut of the forest first: about 30 bytes per cut and row, so score such a model
 * in batches of some hundred rows. Throws `usage` for a forest with cuts on categories, which the
 * operator cannot say, and for one of single rows. `metadata` goes into the file beside the names of the features.
 */
export const exportForest = (forest: CutForest, metadata: Readonly<Record<string, string>> = {}): Uint8Array => {
  if (forest.words > 0) {
    throw new NightjarError('usage', 'A forest with cuts on categories cannot be written as ONNX.', {
      where: forest.names.filter((_, j) => (forest.levels[j] ?? 0) > 0).join(', '),
      next: 'Fit it without the category columns, or with categories as numbers.',
    });
  }
  if (forest.sampleSize < 2) {
    throw new NightjarError('usage', 'A forest of single rows tells nothing and is not written.', {
      next: 'Fit it on two rows or more.',
    });
  }
  const oblique = forest.terms > 1;
  const { attributes, slots } = treeNodes(forest, leafUnit(forest) * forest.trees, oblique);
  const { operators, constants } = oblique ? project(forest, slots) : { operators: [], constants: [] };
  const isDensity = hasDensities(forest);
  return encodeGraph({
    name: forest.recipe,
    doc: `Nightjar ${forest.recipe} forest: ${forest.trees} trees of ${forest.sampleSize} rows.`,
    input: { name: 'features', columns: forest.names.length },
    output: { name: 'score' },
    operators: [
      ...operators,
      {
        type: 'TreeEnsembleRegressor',
        domain: 'ai.onnx.ml',
        inputs: [oblique ? 'projected' : 'features'],
        output: 'leaf',
        attributes,
      },
      { type: 'Mul', inputs: ['leaf', 'factor'], output: isDensity ? 'score' : 'exponent' },
      ...(isDensity ? [] : [{ type: 'Exp', inputs: ['exponent'], output: 'score' }]),
    ],
    // 2^(−E[h] / c(ψ)) = exp(−ln 2 · E[h] / c(ψ)); densities change their sign only.
    constants: [...constants, { name: 'factor', type: 'float', values: [isDensity ? -1 : -Math.LN2], scalar: true }],
    metadata: { ...metadata, features: JSON.stringify(forest.names) },
  });
};

/** Each cut's projection in double precision, in the order of its terms, then rounded to float32: as when walking. */
const project = (
  { terms, feature, coefficient }: CutForest,
  slots: readonly number[],
): { readonly operators: Operator[]; readonly constants: Constant[] } => {
  const operators: Operator[] = [
    { type: 'Cast', inputs: ['features'], output: 'wide', attributes: { to: { integer: 11 } } },
  ];
  const constants: Constant[] = [];
  for (let t = 0; t < terms; t++) {
    const columns = slots.map((slot) => feature[slot * terms + t] ?? 0);
    constants.push({ name: `columns${t}`, type: 'int64', values: columns });
    const coefficients = slots.map((slot) => coefficient[slot * terms + t] ?? 0);
    constants.push({ name: `coefficients${t}`, type: 'double', values: coefficients });
    const axis = { axis: { integer: 1 } };
    operators.push({ type: 'Gather', inputs: ['wide', `columns${t}`], output: `values${t}`, attributes: axis });
    operators.push({ type: 'Mul', inputs: [`values${t}`, `coefficients${t}`], output: `term${t}` });
    if (t > 0) {
      const before = t === 1 ? 'term0' : `sum${t - 1}`;
      operators.push({ type: 'Add', inputs: [before, `term${t}`], output: `sum${t}` });
    }
  }
  const cast = { to: { integer: 1 } };
  operators.push({ type: 'Cast', inputs: [`sum${terms - 1}`], output: 'projected', attributes: cast });
  return { operators, constants };
};
