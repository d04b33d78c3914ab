export {
  calibrateQueue,
  LEAST_REFERENCES,
  type CalibrationInput,
  type CalibrationMethod,
  type QueueCalibration,
} from './calibrate-queue.ts';
export { conformalPValues } from './conformal.ts';
export { crossConformal, type CrossConformalInput, type FitScore } from './cross-conformal.ts';
export { falseDiscoveryCurve, reviewCount, type FalseDiscoveryCurve, type Review } from './curve.ts';
export { estimateNullShare, judgedInOrder, qValues, type QValueOptions } from './false-discovery.ts';
export { mergeByMinimum } from './merge.ts';
export { predictedShare } from './prediction.ts';
export { shortestCut } from './shortest-cut.ts';
export { boundTail, type TailBound } from './tail-bound.ts';
