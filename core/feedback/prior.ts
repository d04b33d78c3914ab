import type { Prior } from './schema.ts';

/** The ranking without labels as a prior: its score, and the detectors behind it with equal shares. */
export const priorOf = (
  score: Float64Array,
  parts: readonly { readonly name: string; readonly tailRank: Float64Array }[],
): Prior => ({
  score,
  views: parts.map(({ name, tailRank }) => ({ name, tailRank, weight: 1 / parts.length })),
});
