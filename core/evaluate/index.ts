export { realisedFalseDiscovery, reliability, type ReliabilityBin } from './calibration.ts';
export { evaluateDetectors, evaluateKinds } from './detectors.ts';
export { joinLabels, type LabelledRows } from './join-labels.ts';
export type { LabelColumns, LabelTable } from './label-columns.ts';
export { labelOf } from './label-values.ts';
export { readLabels, type Label, type Labels } from './labels.ts';
export { evaluateRanking, requireBothKinds, type RankingOptions } from './ranking.ts';
export type { AtCuts, Evaluation, Interval, KindEvaluation, Metrics, RankingMetrics } from './schema.ts';
