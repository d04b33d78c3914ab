import { NightjarError } from '../api/errors.ts';
import { wilson } from '../math/index.ts';
import type { Interval } from './schema.ts';

/** One bin of a reliability plot. */
export type ReliabilityBin = {
  /** The claims in the bin lie in (from, to]; the first bin holds 0, too. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean of what was claimed. */
  readonly claimed: number;
  /** Share of rows with outcome 1. */
  readonly realised: number;
  /** 95 % interval of `realised` (Wilson 1927). */
  readonly ci: Interval;
};

/**
 * What was claimed against what came true, in ascending bins: a probability per row and whether it came about
 * (1) or not (0). Rows with a NaN claim (nothing claimed) are left out, empty bins too. Bins hold about equally
 * many rows; equal claims stay together. Throws `usage` for claims outside [0, 1], outcomes other than 0 and 1,
 * or different lengths.
 */
export const reliability = (claimed: Float64Array, outcome: Uint8Array, bins = 10): readonly ReliabilityBin[] => {
  requireUsable(claimed, outcome, bins);
  const rows = Uint32Array.from(claimed.keys()).filter((row) => !Number.isNaN(claimed[row]));
  rows.sort((a, b) => (claimed[a] ?? 0) - (claimed[b] ?? 0) || a - b);
  const claimAt = (k: number): number => claimed[rows[k] ?? 0] ?? 0;
  const result: ReliabilityBin[] = [];
  let from = 0;
  for (let bin = 1; bin <= bins; bin++) {
    let to = Math.max(from, Math.round((bin * rows.length) / bins));
    while (to > from && to < rows.length && claimAt(to) === claimAt(to - 1)) to++;
    if (to > from) result.push(binOf(claimed, outcome, rows.subarray(from, to), result.at(-1)?.to ?? 0));
    from = to;
  }
  return result;
};

/**
 * Of the rows whose q-value passes `target`, how many were benign (label 0): the realised false-discovery rate
 * beside the promised one.
 */
export const realisedFalseDiscovery = (
  qValue: Float64Array,
  labels: Uint8Array,
  target: number,
): {
  readonly passed: number;
  readonly benign: number;
  readonly rate: number;
  readonly power: number;
  readonly ci: Interval;
} => {
  let passed = 0;
  let benign = 0;
  let positives = 0;
  qValue.forEach((q, row) => {
    if (Number.isNaN(q)) return;
    positives += labels[row] ?? 0;
    if (q > target) return;
    passed++;
    benign += 1 - (labels[row] ?? 0);
  });
  const rate = passed === 0 ? 0 : benign / passed;
  const power = positives === 0 ? 0 : (passed - benign) / positives;
  return { passed, benign, rate, power, ci: passed === 0 ? [0, 1] : wilson(benign, passed) };
};

const binOf = (claimed: Float64Array, outcome: Uint8Array, rows: Uint32Array, from: number): ReliabilityBin => {
  let sum = 0;
  let found = 0;
  for (const row of rows) {
    sum += claimed[row] ?? 0;
    found += outcome[row] ?? 0;
  }
  const count = rows.length;
  const to = claimed[rows[count - 1] ?? 0] ?? 1;
  return { from, to, count, claimed: sum / count, realised: found / count, ci: wilson(found, count) };
};

const requireUsable = (claimed: Float64Array, outcome: Uint8Array, bins: number): void => {
  const wrong =
    claimed.length !== outcome.length
      ? `${claimed.length} claims cannot be judged by ${outcome.length} outcomes.`
      : claimed.some((p) => p < 0 || p > 1)
        ? 'A claimed probability must lie between 0 and 1.'
        : outcome.some((label) => label > 1)
          ? 'An outcome must be 0 or 1.'
          : !(Number.isInteger(bins) && bins > 0)
            ? 'The number of bins must be a whole number from 1.'
            : undefined;
  if (wrong === undefined) return;
  throw new NightjarError('usage', wrong, { where: 'reliability', next: 'Give one claim and one outcome per row.' });
};
