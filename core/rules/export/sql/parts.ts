import type { EventRule } from '../../schema.ts';
import type { EventSource } from './event-source.ts';
import type { Measure } from './measures.ts';

/** What the parts of an event query are made from. */
export type EventParts = {
  readonly rule: EventRule;
  /** Names of the columns of `for each` inside the query. */
  readonly groups: readonly string[];
  readonly source: EventSource;
  /** The conditions over events, each with its place in the rule. */
  readonly numbered: readonly Numbered[];
};

export type Numbered = { readonly i: number; readonly measure: Measure };

/** Columns that are added up at each instant. */
export const addedUp = ({ numbered }: EventParts): readonly string[] =>
  numbered.flatMap(({ measure }) => [...measure.sums, ...measure.totals]);

/** Columns that say whether an instant has an event for the step of a sequence. */
export const steps = ({ numbered }: EventParts): readonly string[] => numbered.flatMap(({ measure }) => measure.chain);
