export { makeConsistent, type Estimates } from './consistent.ts';
export { planHierarchy, type HierarchyPlan, type HierarchyTask } from './plan-hierarchy.ts';
export { roundTree } from './round.ts';
export {
  drawHierarchy,
  finishHierarchy,
  runHierarchy,
  type HierarchyOptions,
  type HierarchyResult,
} from './run-hierarchy.ts';
export { totalsMechanism } from './totals-mechanism.ts';
export { sumTree, type SumTree } from './tree.ts';
