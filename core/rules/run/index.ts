export { createRuleEngine, type RuleEngine, type RunCounts, type RunHit, type RunOptions } from './engine.ts';
export type { Begun, RuleCounts } from './rule-set.ts';
export { runRules, type RunRulesOptions } from './run-rules.ts';
