import { microsOf } from '../duration.ts';
import type { EventRule } from '../schema.ts';

/** The parts of a rule that decide over its hits, and its name. */
export const meaningOf = ({ id, groupBy, where, window, when, exclusions, expires }: EventRule): string =>
  JSON.stringify([
    id,
    groupBy,
    where,
    window,
    when,
    exclusions.map(({ ends, where: which }) => [ends, which]),
    expires,
  ]);

/** The first moment whose window, and what its conditions look back to, lies after a moment. */
export const wholeFrom = ({ window, when }: EventRule, after: number): number => {
  const lookback = Math.max(0, ...when.map((each) => (each.kind === 'firstSeen' ? microsOf(each.lookback) : 0)));
  const begin = after + 1 + lookback;
  if (window.kind === 'event') return begin;
  const length = microsOf(window.length);
  return window.kind === 'sliding' ? begin + length - 1 : Math.ceil(begin / length) * length;
};
