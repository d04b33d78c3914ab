import { ascendingOrder, harmonic } from '../../math/index.ts';

export type QValueOptions = {
  /** Share of benign actors among those judged; 1, the default, is safe. */
  readonly nullShare?: number;
  /** `positive`: Benjamini & Hochberg 1995; `any`: Benjamini & Yekutieli 2001. */
  readonly dependence?: 'positive' | 'any';
};

/**
 * q-value of each p-value: the lowest target rate at which it passes the step-up cut; at most 1, NaN for
 * NaN, which is not counted. Benjamini & Hochberg (1995), valid for independent or positively dependent
 * p-values, as conformal ones are (Bates et al. 2023); for `any` dependence times 1 + 1/2 + … + 1/m
 * (Benjamini & Yekutieli 2001). With a `nullShare` estimated by `estimateNullShare`, Storey's adaptive form.
 */
export const qValues = (
  pValue: Float64Array,
  { nullShare = 1, dependence = 'positive' }: QValueOptions = {},
): Float64Array => {
  const order = judgedInOrder(pValue);
  const judged = order.length;
  const q = new Float64Array(pValue.length).fill(Number.NaN);
  const factor = nullShare * judged * (dependence === 'any' ? harmonic(judged) : 1);
  let least = 1;
  for (let k = judged; k > 0; k--) {
    const row = order[k - 1] ?? 0;
    least = Math.min(least, (factor * (pValue[row] ?? 1)) / k);
    q[row] = least;
  }
  return q;
};

/** Rows with a p-value, smallest first; equal ones keep their order. */
export const judgedInOrder = (pValue: Float64Array): Uint32Array => {
  // NaN cannot be ordered: it goes last, and is cut off.
  const judged = pValue.reduce((count, p) => count + (Number.isNaN(p) ? 0 : 1), 0);
  return ascendingOrder(pValue.map((p) => (Number.isNaN(p) ? 2 : p))).subarray(0, judged);
};

/**
 * Share of benign actors: (1 + p-values above 0.5) / (0.5 · p-values), at most 1 (Storey, Taylor &
 * Siegmund 2004, at λ = 0.5). With conformal p-values the adaptive cut keeps its rate (Marandon, Lei,
 * Mary & Roquain 2024). Abusers among the upper half of the p-values only raise it.
 */
export const estimateNullShare = (pValue: Float64Array): number => {
  let above = 0;
  let judged = 0;
  for (const p of pValue) {
    if (Number.isNaN(p)) continue;
    judged++;
    if (p > 0.5) above++;
  }
  return judged === 0 ? 1 : Math.min(1, (1 + above) / (0.5 * judged));
};
