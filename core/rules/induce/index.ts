export { induceFromEvents, type InducedFromEvents, type InduceEventsInput } from './from-events.ts';
export { induceRules } from './induce-rules.ts';
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
