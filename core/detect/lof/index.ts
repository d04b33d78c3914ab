export { lof } from './detector.ts';
export { attributeLof, densities, fitLof, scoreLof, type Lof } from './lof.ts';
export { loadLof, saveLof } from './persist.ts';
