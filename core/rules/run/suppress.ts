import type { Hit } from '../schema.ts';

/** Which hits are told, and of which rule how many are not. */
export type Suppression = {
  /** Whether this hit is to be told. A rule's hits are asked about in the order in which they are found. */
  tells(hit: Hit): boolean;
  /** Hits that were not told, by rule. */
  readonly suppressed: ReadonlyMap<string, number>;
};

/**
 * Tells a group's hits of one rule no more often than once in `micros` of the events' own time: a hit less than that after the
 * one told last is counted only (what Splunk calls throttling by fields and Elastic alert suppression). So what is told does
 * not depend on when the events are read. A hit without a moment is always told. What is remembered is one moment for each
 * group that was told within `micros`.
 */
export const createSuppression = (micros: number): Suppression => {
  const toldBy = new Map<string, Map<string, number>>();
  const suppressed = new Map<string, number>();
  return {
    suppressed,
    tells: ({ rule, group, at }) => {
      if (at === null) return true;
      const told = toldBy.get(rule) ?? new Map<string, number>();
      toldBy.set(rule, told);
      forget(told, at - micros);
      const key = JSON.stringify(group);
      if (told.has(key)) {
        suppressed.set(rule, (suppressed.get(rule) ?? 0) + 1);
        return false;
      }
      told.set(key, at);
      return true;
    },
  };
};

/** A rule's moments are found in their order, so that the first to be remembered are the first to go. */
const forget = (told: Map<string, number>, until: number): void => {
  for (const [key, at] of told) {
    if (at > until) return;
    told.delete(key);
  }
};
