import type { EventFilter, EventRule } from '../schema.ts';
import { conjunction } from './filters.ts';

/** A rule for a target that knows no dates, and what that changes. */
export const withoutEnds = (
  rule: EventRule,
  target: string,
): { readonly rule: EventRule; readonly differences: readonly string[] } => ({
  rule: {
    ...rule,
    expires: null,
    exclusions: [],
    where: conjunction([rule.where, ...rule.exclusions.map(({ where }): EventFilter => ({ not: where }))]),
  },
  differences: [
    ...(rule.expires === null ? [] : [`${target} has no end of a rule: take it out by ${rule.expires}.`]),
    ...rule.exclusions.map(({ ends }) => `The exclusion until ${ends} does not end by itself: export anew then.`),
  ],
});
