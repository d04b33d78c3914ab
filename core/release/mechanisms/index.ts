export { mechanismFor } from './list.ts';
export type {
  Mechanism,
  MechanismPlan,
  MechanismResult,
  MechanismTask,
  NoisedStatistic,
  ReleasedColumn,
  TruncatedNoise,
} from './mechanism.ts';
export { varianceOf } from './noise.ts';
