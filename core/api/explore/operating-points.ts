import type { Decision } from '../../store/index.ts';
import type { Model } from './model.ts';
import type { PresentCalibration } from './present-calibration.ts';

/** What reviewing so many actors from the top would mean. */
export type OperatingPoint = {
  readonly queue: number;
  readonly score: number;
  readonly share: number;
  readonly falseDiscoveryRate: number | null;
  readonly abuse: number;
  readonly benign: number;
  readonly precision: { readonly value: number; readonly low: number; readonly high: number } | null;
};

const STEPS = [1, 2, 5];

/**
 * Points at 10, 20, 50, 100 … of the ranked actors at `rows`, and at all of them. The false-discovery rate of the first k is
 * bounded by the ordinary actors that reach the largest p-value among them, whatever order they are in, and those known to
 * be benign: (share of ordinary actors · actors judged · largest p + known) / k.
 */
export const operatingPointsOf = (
  rows: Uint32Array,
  model: Model,
  decisions: ReadonlyMap<string, Decision>,
  { identifiable, nullShare, pValue, references }: PresentCalibration,
): OperatingPoint[] => {
  const ranked = rows.filter((row) => row < model.ranked);
  let abuse = 0;
  let benign = 0;
  let largest = 0;
  let known = 0;
  const ordinary = nullShare * (model.ranked - references);
  const sizes = new Set(queueSizes(ranked.length));
  const points: OperatingPoint[] = [];
  ranked.forEach((row, i) => {
    const verdict = decisions.get(model.actors[row] ?? '')?.verdict;
    if (verdict === 'abuse') abuse++;
    if (verdict === 'benign') benign++;
    const p = pValue[row] ?? Number.NaN;
    if (Number.isNaN(p)) known++;
    else if (p > largest) largest = p;
    if (!sizes.has(i + 1)) return;
    points.push({
      queue: i + 1,
      score: model.score[row] ?? 0,
      share: (i + 1) / model.ranked,
      falseDiscoveryRate: identifiable ? Math.min(1, (ordinary * largest + known) / (i + 1)) : null,
      abuse,
      benign,
      precision: wilson(abuse, abuse + benign),
    });
  });
  return points;
};

const queueSizes = (most: number): number[] => {
  const sizes: number[] = [];
  for (let power = 10; power <= most; power *= 10) sizes.push(...STEPS.map((step) => step * power));
  return [...sizes.filter((size) => size < most), ...(most > 0 ? [most] : [])];
};

/** Wilson 1927, 95 %; null without a decision. */
const wilson = (hits: number, n: number): OperatingPoint['precision'] => {
  if (n === 0) return null;
  const z = 1.959964;
  const value = hits / n;
  const middle = (value + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((value * (1 - value)) / n + (z * z) / (4 * n * n));
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
};
