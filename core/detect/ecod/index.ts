export { ecod } from './ecod.ts';
export { tailSumDetector, type Tails, type Term } from './tail-sum.ts';
export { fitTail, tailsOf, type Tail } from './tails.ts';
