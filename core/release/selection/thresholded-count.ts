import { rational } from '../../math/rational.ts';
import type { Reach } from '../accounting/index.ts';
import type { Mechanism, MechanismTask, ReleasedColumn, TruncatedNoise } from '../mechanisms/mechanism.ts';
import { actorsByGroup, sumByGroup } from '../mechanisms/sum-by-group.ts';
import { keptInterval } from './kept-interval.ts';
import { selectionLoss, selectionNoise } from './selection-noise.ts';
import { showCounts } from './show-counts.ts';

/**
 * Counts of groups whose keys nobody declared: noise of bounded range on every count, and the counts above that bound are
 * shown. Choosing keys and counting them is one mechanism with one cost, (ε, δ); the privacy map is that of
 * `selectionNoise`. For counts of actors it comes close to the highest probability with which any (ε, δ)-private mechanism may
 * show a key (Desfontaines, Voss, Gipson & Mandayam 2022), at the shares ε / L0 and δ / L0 of one group.
 */
export const thresholdedCount: Mechanism = {
  measure: 'count',
  keys: 'unknown',
  plan: (task) => {
    const { reach, noise, name } = planned(task);
    const { epsilon, delta } = selectionLoss(task.loss);
    return {
      statistics: [{ name, meaning: `Kept ${name} of the group.`, reach, noise }],
      events: [{ kind: 'selection', epsilon, delta }],
      statements: [
        'Keys are read from the data: a group is shown when its noised count is above the threshold, and is absent else.',
        'An interval covers the count after contribution bounding, given that the group is shown.',
      ],
    };
  },
  run: (task, rows, source) => {
    const { noise, per } = planned(task);
    const counts = per === 'actor' ? actorsByGroup(rows) : sumByGroup(rows, () => 1, 1);
    const shown = showCounts(counts, noise, source);
    return { groups: shown.groups, columns: finished(task, [shown.counts]), noised: [shown.counts] };
  },
  finish: (task, noised) => finished(task, noised),
};

const finished = (task: MechanismTask, [counts]: readonly Float64Array[]): readonly ReleasedColumn[] => {
  const { noise, name } = planned(task);
  const intervals = Array.from(counts ?? [], keptInterval(noise, task.query.level));
  return [
    {
      name,
      value: counts ?? new Float64Array(0),
      low: Float64Array.from(intervals, ({ low }) => low),
      high: Float64Array.from(intervals, ({ high }) => high),
    },
  ];
};

type Planned = {
  readonly name: string;
  readonly per: 'actor' | 'row';
  readonly reach: Reach;
  readonly noise: TruncatedNoise;
};

const planned = ({ query, loss }: MechanismTask): Planned => {
  const { measure, bounds } = query;
  const ofActors = measure.kind === 'count' && measure.of === 'actors';
  const reach = {
    coordinates: bounds.groupsPerActor,
    sensitivity: rational(ofActors ? 1 : bounds.rowsPerGroup),
  };
  return {
    name: ofActors ? 'actors' : 'events',
    per: ofActors ? 'actor' : 'row',
    reach,
    noise: selectionNoise(reach, selectionLoss(loss)),
  };
};
