export { takeRows, type ColumnBatch, type FeatureTable, type Matrix } from './table.ts';
export type { Interactions } from './interactions.ts';
