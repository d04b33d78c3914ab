import type { Decision, Verdict } from '../../store/index.ts';
import { NightjarError } from '../errors.ts';
import type { Model } from './model.ts';

export type Histogram = { edges: number[] } & Record<Verdict | 'none', number[]>;

/** Actors per bin of a detector's score, by verdict. The bins span the ranked, whatever the filter; a score beyond counts in the outermost. */
export const histogramOf = (
  rows: Uint32Array,
  model: Model,
  decisions: ReadonlyMap<string, Decision>,
  detector: string,
  bins: number,
): Histogram => {
  const scores = scoresOf(model, detector);
  const { low, high } = scoreRange(scores, model.ranked);
  const width = (high - low) / bins;
  const empty = (): number[] => Array.from({ length: bins }, () => 0);
  const counts = { abuse: empty(), benign: empty(), unsure: empty(), none: empty() };
  for (const row of rows) {
    const bin = width > 0 ? Math.floor(((scores[row] ?? 0) - low) / width) : 0;
    const of = counts[decisions.get(model.actors[row] ?? '')?.verdict ?? 'none'];
    const at = Math.max(0, Math.min(bins - 1, bin));
    of[at] = (of[at] ?? 0) + 1;
  }
  return { edges: Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + i * width)), ...counts };
};

/** Lowest and highest score among the ranked (all, where nobody is); 0 and 1 without any. */
export const scoreRange = (scores: Float64Array, ranked: number): { readonly low: number; readonly high: number } => {
  const peers = scores.subarray(0, ranked > 0 ? ranked : scores.length);
  if (peers.length === 0) return { low: 0, high: 1 };
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const score of peers) {
    low = Math.min(low, score);
    high = Math.max(high, score);
  }
  return { low, high };
};

const scoresOf = (model: Model, detector: string): Float64Array => {
  if (detector === 'ensemble') return model.score;
  const found = model.detectors.find(({ name }) => name === detector);
  if (found !== undefined) return found.score;
  throw new NightjarError('usage', 'The run has no detector of that name.', {
    where: 'detector',
    next: `Choose from ensemble, ${model.detectors.map(({ name }) => name).join(', ')}.`,
  });
};
