export { readCommonValues, readRuleActors, readUsualValues } from './actors.ts';
export { readFilledRuleColumns, readRuleColumns } from './columns.ts';
export { countRuleEvents, readRuleEvents } from './events.ts';
export { readRuleFeatures, readRunManifestJson } from './features.ts';
export { readRuleLog, readRules, type RuleLogEntry, type RuleState, type StoredRule } from './read.ts';
export { readPseudonymsAmong } from './pseudonyms.ts';
export { readMedianTimes } from './times.ts';
export { moveRuleStep, storeRuleStep, type RuleStateChange } from './write.ts';
