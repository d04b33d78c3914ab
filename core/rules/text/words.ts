import type { Severity } from '../schema.ts';

/** A part of a rule, in the order in which it is printed. */
export type Clause = {
  /** The word it begins with. */
  readonly word: string;
  readonly sentence: string;
  /** How it may go on: what completion offers. */
  readonly starts: readonly string[];
  readonly isRepeated: boolean;
};

const clause = (word: string, sentence: string, starts: readonly string[] = [word], isRepeated = false): Clause => ({
  word,
  sentence,
  starts,
  isRepeated,
});

export const CLAUSES: readonly Clause[] = [
  clause('intent', 'which abuse it is about'),
  clause('severity', 'informational, low, medium, high or critical'),
  clause('effect', 'what happens with a hit: review, alert or label NAME'),
  clause('author', 'who wrote it'),
  clause('expires', 'the day from which on it does not fire'),
  clause('for', 'what is hit: groups of events, or actors', ['for each', 'for actors']),
  clause('over', 'which events it sees', ['over events where']),
  clause('in', 'the window: any (sliding) or each (fixed)', ['in any', 'in each']),
  clause('when', 'what must hold'),
  clause('except', 'what is left out, by whom, until when and why', ['except where', 'except when'], true),
  clause('known', 'what it is known to hit wrongly', ['known false positives']),
];

export const SEVERITY_SENTENCES: Readonly<Record<Severity, string>> = {
  informational: 'for the record',
  low: 'of little weight',
  medium: 'worth a look',
  high: 'to be handled soon',
  critical: 'to be handled at once',
};

/** What a condition is made with. */
export const CALLS: Readonly<Record<string, string>> = {
  count: 'how many events: count(), count(where …)',
  distinct: 'how many different values: distinct(object_id)',
  sum: 'sum of a number column: sum(amount) … to 2 decimals',
  share: 'share of events, 0 to 1: share(where … among …)',
  sequence: 'events one after the other: sequence(… then …)',
  first_seen: 'values that are new: first_seen(ip in 30 days)',
  feature: 'a feature of the actor over the whole log',
  percentile: 'where the actor stands among all, 0 to 100',
};

/** A column of one of these names stands in backticks. */
export const RESERVED: ReadonlySet<string> = new Set(
  CLAUSES.map(({ word }) => word).concat(
    'rule each actors events where any and or not is then among to owner until because'.split(' '),
  ),
);
