export { contributions } from './contributions.ts';
export { DEFAULT_REASONS, explainActors, reasonsOf, type ExplainOptions } from './explain-actors.ts';
export { formatNumber, formatShare, formatValue } from './format.ts';
export { featureLabel } from './label.ts';
export type * from './schema.ts';
