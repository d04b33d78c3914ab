export { ruleCard, ruleCardJson, type CardFacts, type ReleasedMetric } from './card/index.ts';
export { exportRule, type ExportedRule, type ExportRuleOptions } from './export-rule.ts';
export { EXPORTERS } from './exporters.ts';
export type { Exporter, ExportFile, ExportOptions, Translation } from './exporter.ts';
export { fixturesOf, type Fixtures } from './fixtures/index.ts';
