export { loadActivity, type Activity } from './activity.ts';
export { readActorEvents, type EventChoice, type EventPage } from './actor-events.ts';
export {
  readActions,
  readActorActions,
  readActorOrigins,
  readActorsByAction,
  readActorTimes,
  type Counted,
  type Origin,
  type OriginCounts,
} from './actor-facts.ts';
export { readCaseFacts, type CaseFacts } from './case-facts.ts';
export { keepBuiltFeatures, keepFeatureTable, readRunFeatures } from './run-features.ts';
export { readSeen } from './seen.ts';
export { listImports, listQuarantine, type ImportListing, type QuarantinedRow } from './import-list.ts';
