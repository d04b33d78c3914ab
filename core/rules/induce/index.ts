export type { EventCount } from './event-columns.ts';
export { induceFromEvents, type InducedFromEvents, type InduceEventsInput } from './from-events.ts';
export { FEW, induceRules } from './induce-rules.ts';
export { partByTime } from './split.ts';
export type {
  InducedRule,
  InducedRules,
  InduceFeature,
  InduceInput,
  InduceNote,
  Scores,
  Split,
  Stability,
} from './types.ts';
