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
export { requireDrawable, varianceOf } from './noise.ts';
