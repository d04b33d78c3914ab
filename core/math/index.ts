export { pearson, spearman } from './correlation.ts';
export { harmonic } from './harmonic.ts';
export { median, quantile, quantileOfSorted, sortedFinite } from './quantile.ts';
export { ascendingOrder, midRanks, placeAmong } from './ranks.ts';
