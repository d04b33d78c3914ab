import { additive, plusMinus, type Statistic } from './additive.ts';
import type { Mechanism } from './mechanism.ts';
import { actorsByGroup, sumByGroup } from './sum-by-group.ts';

/** Rows of each group: a row adds 1. */
export const EVENTS: Statistic = {
  name: 'events',
  meaning: 'Kept rows of the group.',
  most: 1,
  per: 'row',
  sums: (rows) => sumByGroup(rows, () => 1, 1),
};

/** Different actors of each group: an actor adds 1, whatever the number of rows. */
export const ACTORS: Statistic = {
  name: 'actors',
  meaning: 'Different actors of the group.',
  most: 1,
  per: 'actor',
  sums: actorsByGroup,
};

/** Noised counts of rows or of different actors in known groups; the privacy map is that of `additive`. */
export const count: Mechanism = additive({
  measure: 'count',
  statistics: ({ measure }) => [measure.kind === 'count' && measure.of === 'actors' ? ACTORS : EVENTS],
  statements: () => [
    'Every declared group is released, also where nothing falls into it.',
    'A noised count may be below zero; it is released as it is.',
    'An interval covers the count after contribution bounding.',
  ],
  finish: ({ measure }, [noised]) =>
    plusMinus(
      measure.kind === 'count' ? measure.of : 'count',
      noised ?? { values: new Float64Array(0), width: 0 }, // one statistic, one array
    ),
});
