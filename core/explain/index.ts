export { contributions } from './contributions.ts';
export { explainActors, type ExplainOptions } from './explain-actors.ts';
export { formatNumber, formatShare, formatValue } from './format.ts';
export type * from './schema.ts';
