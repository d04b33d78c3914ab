export { makeConsistent, type Estimates } from './consistent.ts';
export { planHierarchy, type HierarchyPlan, type HierarchyTask } from './plan-hierarchy.ts';
export { roundTree } from './round.ts';
export { runHierarchy, type HierarchyResult } from './run-hierarchy.ts';
export { sumTree, type SumTree } from './tree.ts';
