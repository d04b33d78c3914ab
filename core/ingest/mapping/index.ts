export { closest } from './closest.ts';
export type { MapRule } from './map-option.ts';
export { parseMapOption, requireColumn } from './map-option.ts';
export type { MappingInput } from './propose.ts';
export { proposeMapping } from './propose.ts';
export type { Leftover, LeftoverKind, Policy, Proposal, ProposedColumn } from './schema.ts';
