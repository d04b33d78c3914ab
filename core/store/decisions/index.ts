export { readDecisions, readSteps, type Decision, type Step, type Verdict } from './read.ts';
export { moveStep, storeStep, type DecisionChange } from './write.ts';
