import { dayMicros } from '../duration.ts';
import type { ActorRule, Hit, RuleFeatures } from '../schema.ts';
import { compileFeatures } from './features.ts';

/** The actors a rule over actors hits on a day (`YYYY-MM-DD`), in the order of the table. */
export const runActorRule = (rule: ActorRule, features: RuleFeatures, day: string): readonly Hit[] => {
  const today = dayMicros(day) ?? Number.NaN;
  if (rule.expires !== null && today >= dayOf(rule.expires)) return [];
  const meets = compileFeatures(rule.when, features);
  const excluded = rule.exclusions
    .filter(({ ends }) => today < dayOf(ends))
    .map(({ when }) => compileFeatures(when, features));
  return features.actors.flatMap((actor, row) =>
    meets(row) && !excluded.some((test) => test(row)) ? [{ rule: rule.id, group: [actor], at: null }] : [],
  );
};

/** Start of a day of a rule that was validated. */
export const dayOf = (day: string): number => {
  const micros = dayMicros(day);
  if (micros === undefined) throw new TypeError(`not a day: ${day}`);
  return micros;
};
