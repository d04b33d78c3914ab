import { drawnIn as drawnInBeyond, FAR_FOR_DISTANCES } from '../drawn-in.ts';

/** A value as distances see it: beyond ±20 robust deviations drawn in, a missing one at the column's median, 0. */
export const drawnIn = (value: number): number => (value === value ? drawnInBeyond(value, FAR_FOR_DISTANCES) : 0);
