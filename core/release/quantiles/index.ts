export { privateQuantiles, quantileLevels, rankErrorAtMost, type QuantileTask } from './private-quantiles.ts';
export { quantilesMechanism } from './quantiles-mechanism.ts';
