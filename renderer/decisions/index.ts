export { useDecide } from './use-decide.ts';
export type { Decide, DecideInput } from './use-decide.ts';
