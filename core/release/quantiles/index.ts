export { privateQuantiles, quantileLevels, rankErrorAtMost, type QuantileTask } from './private-quantiles.ts';
export { quantileInterval, rankMargin, type IntervalTask } from './quantile-interval.ts';
export { quantilesMechanism } from './quantiles-mechanism.ts';
