export { DEFAULT_MIN_EVENTS, DEFAULT_SEED, DETECTOR_NAMES, detectFiles } from './api/detect.ts';
export type { DetectOptions, DetectResult, FileRequest, RankedActor, RunInput, RunManifest } from './api/detect.ts';
export { detectEntities, type EntityRequest, type RankedEntities } from './api/entities.ts';
export { exitCodeOf, NightjarError, type ErrorCode } from './api/errors.ts';
export { evaluateCase, evaluateEntities, type EvaluateOptions, type EvaluationReport } from './api/evaluate.ts';
export { labelCase, rerankCase, undoLabels, undoRerank } from './api/feedback/index.ts';
export type { LabelReport, RerankedActor, RerankResult, VerdictColumns } from './api/feedback/index.ts';
export type { Progress, Watch } from './api/progress.ts';
export { createEngine, type Engine, type EngineOptions } from './api/router.ts';
export { parsePolicy } from './anonymize/parse-policy.ts';
export { parseMapOption, PRESETS } from './ingest/index.ts';
export {
  createCase,
  createTemporaryCase,
  openCase,
  verifyJournal,
  type Case,
  type OpenOptions,
} from './store/index.ts';
export { VERSION } from './version.ts';
export { DEFAULT_DETECTORS } from './detect/index.ts';
