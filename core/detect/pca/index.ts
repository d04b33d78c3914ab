export { pca } from './detector.ts';
export { attributePca, fitPca, scorePca, type Pca } from './pca.ts';
export { loadPca, savePca } from './persist.ts';
