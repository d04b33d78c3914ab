export { chiSquareBelow, chiSquareQuantile } from './chi-square.ts';
export { cholesky, logDeterminant, solveLower, solveUpper } from './cholesky.ts';
export { pearson, spearman } from './correlation.ts';
export { symmetricEigen, type Eigen } from './eigen.ts';
export { logGamma, lowerGamma } from './gamma.ts';
export { harmonic } from './harmonic.ts';
export { median, quantile, quantileOfSorted, sortedFinite } from './quantile.ts';
export { Z95, wilson } from './wilson.ts';
export { ascendingOrder, midRanks, placeAmong } from './ranks.ts';
