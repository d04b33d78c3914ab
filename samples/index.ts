export { generateSample, type SampleSink } from './generate.ts';
export type { CastList } from './summary.ts';
export { writeSample, type SampleFiles } from './write.ts';
export {
  ABUSE_KINDS,
  BENIGN_NOTES,
  DEFAULT_DAYS,
  LABEL_COLUMNS,
  SAMPLE_COLUMNS,
  type AbuseKind,
  type BenignNote,
  type Intensity,
  type SampleOptions,
  type SampleSummary,
} from './schema.ts';
