export { knn } from './detector.ts';
export { attributeKnn, fitKnn, scoreKnn, type Knn } from './knn.ts';
export { loadKnn, saveKnn } from './persist.ts';
