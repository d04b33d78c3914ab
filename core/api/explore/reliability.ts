import { reliability } from '../../evaluate/calibration.ts';
import type { Decision } from '../../store/index.ts';
import type { Reliability } from '../contract/findings.ts';
import type { Model } from './model.ts';

/**
 * What the run claimed of those who were called abuse or benign since, as their q-values, beside the share called benign.
 * The run's own q-values count: those measured against the verdicts cannot be judged by them.
 */
export const reliabilityOf = (model: Model, decisions: ReadonlyMap<string, Decision>): Reliability => {
  const claims: number[] = [];
  const outcomes: number[] = [];
  for (const [actor, { verdict }] of decisions) {
    const claim = model.qValue[model.rowOf.get(actor) ?? -1] ?? Number.NaN;
    if (verdict === 'unsure' || Number.isNaN(claim)) continue;
    claims.push(claim);
    outcomes.push(verdict === 'benign' ? 1 : 0);
  }
  const bins = reliability(Float64Array.from(claims), Uint8Array.from(outcomes));
  return {
    decided: claims.length,
    bins: bins.map(({ claimed, realised, ci, count }) => ({ claimed, realised, low: ci[0], high: ci[1], n: count })),
  };
};
