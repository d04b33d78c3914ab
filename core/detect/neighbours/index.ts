export { arraysOfCentres, centresOf } from './centres-file.ts';
export { microaggregate, type Centres } from './microaggregate.ts';
export { nearestCentres } from './nearest.ts';
export { groupSizeFor, REFERENCE_ROWS, referenceOf } from './reference.ts';
export type { Nearest } from './tile.ts';
export { requireWidth } from './shared.ts';
export { drawnIn } from './drawn-in.ts';
