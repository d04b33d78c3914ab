export { lockstep } from './detector.ts';
export type { Lockstep } from './fit.ts';
