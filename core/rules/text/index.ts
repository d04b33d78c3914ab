export { completeAt, type Completion, type Completions } from './complete.ts';
export type { RuleSpans } from './cursor.ts';
export { ruleInWords } from './in-words.ts';
export { parseRules, type ParsedRules } from './parse-rules.ts';
export { printRule, printRules } from './print-rule.ts';
export { lineAndColumn, showDiagnostic } from './show-diagnostic.ts';
