export { becauseOf } from './because-of.ts';
export { leavesOf, type Trees } from './leaves.ts';
export { rankWithLabels } from './rank-with-labels.ts';
export type * from './schema.ts';
export { MOST_LABELS } from './thin-labels.ts';
export { priorOf } from './prior.ts';
