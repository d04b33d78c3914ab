export { mcd } from './detector.ts';
export { attributeMcd, fitMcd, scoreMcd, type Mcd } from './mcd.ts';
export { loadMcd, saveMcd } from './persist.ts';
