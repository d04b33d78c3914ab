export { checkLeaks } from './check-leaks.ts';
export { DEFAULT_K, type ActorSet, type LeakEvidence, type Sides } from './evidence.ts';
export { gatherEvidence, type EvidenceSource } from './gather-evidence.ts';
export { gridRound, isOnGrid, type Direction } from './grid.ts';
export type { Leak } from './leak.ts';
