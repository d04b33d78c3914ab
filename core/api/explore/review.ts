import { reviewCount, type FalseDiscoveryCurve } from '../../detect/calibration/index.ts';
import type { Review } from '../contract/findings.ts';
import type { PresentCalibration } from './present-calibration.ts';

/** How many to review so that at most `target` of them are expected to be ordinary. */
export const reviewOf = (calibration: PresentCalibration, target: number): Review => {
  const { method, assumptions, identifiable, nullShare, references } = calibration;
  const curve = calibration.curve();
  const { count, low, high, trueFindings } = reviewCount(curve, target);
  return {
    method,
    assumptions,
    identifiable,
    nullShare,
    target,
    // Where nothing can be promised, a target of 1 promises nothing either.
    ...(identifiable ? { count, low, trueFindings } : { count: 0, low: 0, trueFindings: 0 }),
    high,
    references,
    curve: shownCurve(curve),
  };
};

const MOST_POINTS = 200;

/** The curve at every size, or at sizes that grow by a constant factor, the first and the last among them. */
const shownCurve = ({ rate, low, high }: FalseDiscoveryCurve): Review['curve'] => {
  const most = rate.length;
  const points = Math.min(MOST_POINTS, most);
  const sizeAt = (i: number): number => (most > points ? Math.round(most ** (i / (points - 1))) : i + 1);
  const sizes = new Set(Array.from({ length: points }, (_, i) => sizeAt(i)));
  return [...sizes].map((queue) => ({
    queue,
    rate: rate[queue - 1] ?? 1,
    low: low[queue - 1] ?? 0,
    high: high[queue - 1] ?? 1,
  }));
};
