import type { Condition, Effect, EventFilter, Severity, Window } from '../schema.ts';

/** What a text has said of a rule so far. */
export type Draft = {
  intent?: string;
  severity?: Severity;
  effect?: Effect;
  author?: string;
  expires?: string;
  falsePositives?: readonly string[];
  groupBy?: readonly string[] | 'actors';
  where?: EventFilter | null;
  window?: Window;
  when?: readonly Condition[];
  readonly exclusions: DraftExclusion[];
};

export type DraftExclusion = {
  readonly of: { readonly where: EventFilter } | { readonly when: readonly Condition[] };
  readonly owner: string;
  readonly reason: string;
  readonly ends: string;
};
