export { RULES_JSON_SCHEMA } from './json-schema.ts';
export { readRuleFile } from './read-rule-file.ts';
export { writeRuleFile } from './write-rule-file.ts';
