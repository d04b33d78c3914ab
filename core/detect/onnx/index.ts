export { exportForest } from './export-forest.ts';
