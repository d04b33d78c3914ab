export { readDecisions, type Decision, type Verdict } from './read.ts';
export { moveStep, storeStep, type DecisionChange } from './write.ts';
