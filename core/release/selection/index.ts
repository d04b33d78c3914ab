export { keptInterval } from './kept-interval.ts';
export { planSelection, selectGroups, type SelectionPlan } from './select-groups.ts';
export { selectionLoss, type SelectionLoss } from './selection-noise.ts';
export { thresholdedCount } from './thresholded-count.ts';
export { groupIsShown } from './group-is-shown.ts';
export { truncationBound, truncationDelta } from './truncated-noise.ts';
