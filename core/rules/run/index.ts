export { createRuleEngine, type RuleEngine, type RunCounts, type RunHit, type RunOptions } from './engine.ts';
export { PACKED_WORDS, type PackedBatch, type PackedTexts } from './packed-texts.ts';
export type { RuleCounts } from './rule-counts.ts';
export type { Begun } from './rule-set.ts';
export { runRules, type RunRulesOptions } from './run-rules.ts';
export { createSuppression, type Suppression } from './suppress.ts';
