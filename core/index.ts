export { auditRelease, type AuditReport, type AuditRequest, type QueryAudit } from './api/audit.ts';
export { DEFAULT_MIN_EVENTS, DEFAULT_SEED, DETECTOR_NAMES, detectFiles } from './api/detect.ts';
export type {
  DetectOptions,
  DetectResult,
  FileRequest,
  ListedActor,
  RankedActor,
  RunInput,
  RunManifest,
} from './api/detect.ts';
export { detectEntities, type EntityRequest, type RankedEntities } from './api/entities.ts';
export { exitCodeOf, NightjarError, type ErrorCode } from './api/errors.ts';
export { evaluateCase, evaluateEntities, type EvaluateOptions, type EvaluationReport } from './api/evaluate.ts';
export { labelCase, rerankCase, undoLabels, undoRerank } from './api/feedback/index.ts';
export type { LabelReport, RerankedActor, RerankResult, VerdictColumns } from './api/feedback/index.ts';
export {
  approveForest,
  askForest,
  readForestFile,
  scorePrivateForest,
  verifyPrivateForest,
} from './api/private-forest.ts';
export { exportCaseModel, requireModelPlace, type ModelRequest } from './api/models.ts';
export type { Progress, Watch } from './api/progress.ts';
export {
  approveRelease,
  askRelease,
  enrolKey,
  makeKeyFile,
  openKeyFile,
  planOf,
  refuseRelease,
  releaseCsv,
  setLimit,
  setTwoPersons,
  verifyRelease,
  viewLedger,
} from './api/release/index.ts';
export { assessCaseRisk, riskColumns, type RiskReport, type RiskRequest } from './api/risk.ts';
export {
  backtestRules,
  checkRules,
  diffRules,
  exportRules,
  induceRulesOf,
  readRulesFile,
  writeRulesFile,
  type BacktestRequest,
  type CaseBacktest,
  type ExportRequest,
  type InduceFrom,
  type InduceRequest,
  type PlannedExport,
} from './api/rules/index.ts';
export { approveCoverage, askCoverage, coverageMetrics } from './api/rule-coverage/index.ts';
export { createEngine, type Engine, type EngineOptions } from './api/router.ts';
export { parsePolicy } from './anonymize/parse-policy.ts';
export { parseMapOption, PRESETS } from './ingest/index.ts';
export {
  createCase,
  createTemporaryCase,
  destroyVault,
  openCase,
  verifyDestruction,
  verifyJournal,
  verifyLedger,
  type Case,
  type Destruction,
  type DestructionVerdict,
  type OpenOptions,
} from './store/index.ts';
export { VERSION } from './version.ts';
export { DEFAULT_DETECTORS, MODEL_FORMS, type ModelForm } from './detect/index.ts';
