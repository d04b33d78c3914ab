export { choiceBudget, rootBelow, type ChoiceBudget } from './choice-budget.ts';
export { exponentialMechanism } from './exponential-mechanism.ts';
export { permuteAndFlip } from './permute-and-flip.ts';
export { chooseKnownKeys, chooseUnknownKeys, rateOf } from './choose-keys.ts';
export { selectionThreshold, type KeyChoice } from './selection-threshold.ts';
export { topKnownMechanism, topUnknownMechanism } from './top-mechanism.ts';
export { planTop, type TopChoice, type TopPlan } from './top-plan.ts';
