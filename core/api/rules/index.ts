export { backtestRules, type BacktestRequest, type CaseBacktest } from './backtest-rules.ts';
export { checkRules, type CheckedRules } from './check-rules.ts';
export { diffRules, type RuleFileChange } from './diff-files.ts';
export { exportRules, type ExportRequest, type PlannedExport } from './export-rules.ts';
export { induceRulesOf, type InducedOf, type InduceFrom, type InduceRequest } from './induce-rules.ts';
export { readRulesFile, requireRulesPlace, writeRulesFile, type RulesFile } from './rules-file.ts';
export { showDiagnostic } from '../../rules/text/show-diagnostic.ts';
export { requireRules, requireValidRules } from './rules-text.ts';
export { caseVocabulary } from './vocabulary.ts';
