export { takeRows, type FeatureTable, type Matrix } from './table.ts';
