import type { EventRule } from '../schema.ts';
import { dayOf } from './actor-rules.ts';
import type { Chunk } from './chunk.ts';
import type { Mask } from './compile-filter.ts';
import type { EventFilter } from '../schema.ts';
import type { Memory } from './memory.ts';

/** Why events that were looked at are not seen by a rule, and how many. */
export type Unseen = {
  /** Do not meet `over events where …`. */
  filtered: number;
  /** Miss a column of `for each`. */
  ungrouped: number;
  excluded: number;
  expired: number;
  /** Happened before the rule was loaded. */
  before: number;
  /** The limit of what is remembered was reached. */
  refused: number;
};

/** Tells which events that meet its filter a rule does not see, and counts them. */
export type UnseenCounter = {
  readonly counts: Omit<Unseen, 'filtered'>;
  /** Whether the event at a place of the chunk is one of them. */
  isUnseen(place: number, group: number): boolean;
};

export const createUnseenCounter = (
  rule: EventRule,
  chunk: Chunk,
  maskOf: (filter: EventFilter) => Mask,
  memory: Memory,
  /** Events up to this moment are not seen. */
  after: number,
): UnseenCounter => {
  const expires = rule.expires === null ? Infinity : dayOf(rule.expires);
  const exclusions = rule.exclusions.map(({ ends, where }): readonly [number, Mask] => [dayOf(ends), maskOf(where)]);
  const counts = { ungrouped: 0, excluded: 0, expired: 0, before: 0, refused: 0 };

  const isExcluded = (place: number, at: number): boolean => {
    for (const [ends, where] of exclusions) if (at < ends && where()[place] === 1) return true;
    return false;
  };

  return {
    counts,
    isUnseen: (place, group) => {
      const at = chunk.times[place]!; // hot: places lie inside the chunk
      if (at <= after) counts.before++;
      else if (group < 0) counts.ungrouped++;
      else if (exclusions.length > 0 && isExcluded(place, at)) counts.excluded++;
      else if (at >= expires) counts.expired++;
      else if (memory.used >= memory.limit) counts.refused++;
      else return false;
      return true;
    },
  };
};
