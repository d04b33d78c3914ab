import type { EventRule } from '../schema.ts';
import { compareGroups } from './compare-groups.ts';

/** Told of a hit. */
export type OnHit = (rule: EventRule, group: readonly string[], at: number) => void;

/** A hit that was found, and what its place among others is. */
export type FoundHit = {
  readonly rule: EventRule;
  /** Of its rule among the rules. */
  readonly place: number;
  readonly group: readonly string[];
  readonly at: number;
  /** When what was looked at was over: the moment, or the end of the tumbling window. */
  readonly over: number;
  readonly isWindow: boolean;
};

/** In the order in which they are told: as moments and windows end (windows first), and then by rules and by groups. */
export const inOrderOfHits = (a: FoundHit, b: FoundHit): number => {
  if (a.over !== b.over) return a.over - b.over;
  if (a.isWindow !== b.isWindow) return a.isWindow ? -1 : 1;
  return a.place - b.place || compareGroups(a.group, b.group);
};
