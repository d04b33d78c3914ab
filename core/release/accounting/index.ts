export { zcdpDelta, zcdpEpsilon } from './concentrated.ts';
export { largestRho, remaining, requireWithinLimit, withinLimit, type Limit, type Remaining } from './limit.ts';
export { lossEventFromJson, lossEventToJson, type LossEventJson } from './loss-event-json.ts';
export {
  l1Sensitivity,
  l2SensitivitySquared,
  requireLossEvent,
  type ApproximateEvent,
  type BoundedRangeEvent,
  type ConcentratedEvent,
  type DiscreteGaussianEvent,
  type DiscreteLaplaceEvent,
  type LossEvent,
  type PureEvent,
  type Reach,
  type SelectionEvent,
} from './loss-event.ts';
export { deltaOf, epsilonOf, lossDistributionOf, type LossDistribution } from './loss-distribution/index.ts';
export type { Noise } from './noise.ts';
export { NOTHING_SPENT, odometer, type Odometer } from './odometer.ts';
export type { PrivacyLoss } from './privacy-loss.ts';
export { gaussianSigmaSquared, laplaceScale } from './scale.ts';
export { spent, type Spent } from './spent.ts';
export { halfWidth, twoSidedTail, upperTail } from './tails.ts';
export { thresholdDelta, thresholdFor, type ThresholdBounds } from './threshold.ts';
