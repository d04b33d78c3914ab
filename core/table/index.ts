export { takeRows, type FeatureTable, type Matrix } from './table.ts';
export type { Interactions } from './interactions.ts';
