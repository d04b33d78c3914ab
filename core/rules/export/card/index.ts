export { ruleCard } from './card.ts';
export { ruleCardJson } from './card-json.ts';
export type { CardFacts, ReleasedMetric } from './schema.ts';
