import { rational } from '../../math/rational.ts';
import type { LossEvent, Reach } from '../accounting/index.ts';
import type { BoundedRows } from '../bounding/index.ts';
import type { TruncatedNoise } from '../mechanisms/mechanism.ts';
import { actorsByGroup } from '../mechanisms/sum-by-group.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import { selectionNoise, type SelectionLoss } from './selection-noise.ts';
import { showCounts } from './show-counts.ts';

/** How keys are chosen before a measure that cannot choose them itself. */
export type SelectionPlan = { readonly reach: Reach; readonly noise: TruncatedNoise; readonly event: LossEvent };

/** Keys are chosen by their number of different actors; of one actor, at most `groupsPerActor` groups count. */
export const planSelection = (groupsPerActor: number, loss: SelectionLoss): SelectionPlan => {
  const reach = { coordinates: groupsPerActor, sensitivity: rational(1) };
  return {
    reach,
    noise: selectionNoise(reach, loss),
    event: { kind: 'selection', epsilon: loss.epsilon, delta: loss.delta },
  };
};

/** The groups that may be shown, ascending. The counts that chose them are forgotten. */
export const selectGroups = (rows: BoundedRows, { noise }: SelectionPlan, source: NoiseSource): Uint32Array =>
  showCounts(actorsByGroup(rows), noise, source).groups;
