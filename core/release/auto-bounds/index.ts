export { binsOf, contributionBounds, valueBounds } from './bounds-mechanism.ts';
export { beyondAllowed, planBounds, type BoundsPlan, type BoundsTask } from './plan-bounds.ts';
export { doublingBins, type ReleasedBin } from './released-bins.ts';
export { boundsOf, runBounds, type BoundsAnswer, type FoundBounds } from './run-bounds.ts';
