export { detectActors, type DetectOptions } from './detect-actors.ts';
export { DETECTORS } from './detectors.ts';
export { listed, type Detector, type FittedDetector, type ListedDetector } from './detector.ts';
export { exportModel, MODEL_FORMS, type ModelForm } from './export-model.ts';
export { modelNames } from './model-names.ts';
export {
  combineEvidence,
  combineTailRanks,
  DEFAULT_DETECTORS,
  standing,
  type Agreement,
  type EnsembleCard,
  type Standing,
} from './ensemble/index.ts';
export { applyScaler, fitScaler, type ColumnScale, type Scaler } from './scale.ts';
export {
  calibrateQueue,
  reviewCount,
  shortestCut,
  type CalibrationInput,
  type FalseDiscoveryCurve,
  type QueueCalibration,
  type Review,
} from './calibration/index.ts';
export { makePace } from './pace.ts';
export { scoreActors } from './score-actors.ts';
export type * from './schema.ts';
