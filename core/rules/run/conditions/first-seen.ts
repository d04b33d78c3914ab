import type { Condition } from '../../schema.ts';
import { CHUNK_LENGTH } from '../chunk.ts';
import type { Mask } from '../compile-filter.ts';
import type { ConditionState, Place } from './condition.ts';
import { createCounts } from './counts.ts';
import type { History } from './history.ts';

/** `first_seen(column in 30 days where F) >= n`. The view shows the history every event before it comes here. */
export const firstSeenCondition = (
  { op, value }: Extract<Condition, { kind: 'firstSeen' }>,
  where: Mask | null,
  history: History,
  place: Place,
): ConditionState => {
  const both = new Uint8Array(CHUNK_LENGTH);
  return createCounts(place, op, value, (run) => {
    if (where === null) return history.isFirst;
    const bits = where();
    for (let i = 0; i < run.length; i++) {
      const at = run.places[i]!; // hot: places lie inside the chunk
      both[at] = bits[at]! & history.isFirst[at]!;
    }
    return both;
  });
};
