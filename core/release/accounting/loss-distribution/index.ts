export { composed, composedTimes } from './compose.ts';
export { lossDistributionOf } from './of-events.ts';
export type { LossDistribution, Precision } from './loss-distribution.ts';
export { deltaOf, epsilonOf } from './profile.ts';
