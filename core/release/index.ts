export { canonicalQuery, parseQuery } from './query/index.ts';
export type {
  Mechanism,
  MechanismPlan,
  MechanismResult,
  MechanismTask,
  NoisedStatistic,
  ReleasedColumn,
  TruncatedNoise,
} from './mechanisms/index.ts';
export { finishRelease, listsOfNoised, planRelease, releasedBins, type ReleasePlan } from './plan.ts';
export { runRelease, type Release, type ReleasedDimension } from './run.ts';
export type {
  Bounds,
  Dimension,
  Filter,
  Grid,
  KeyColumn,
  Measure,
  MeasureKind,
  ReleaseColumn,
  ReleaseQuery,
  ReleaseRows,
  ReleaseSource,
  Totals,
} from './schema.ts';
export {
  expectedErrorOf,
  solveEpsilonOf,
  type PublicNumbers,
  type QueryError,
  type QueryWish,
} from './utility/index.ts';
export { planSelection, truncationBound, truncationDelta, type SelectionPlan } from './selection/index.ts';
