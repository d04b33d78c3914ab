import { constraintsOf, implies } from './constraint.ts';
import type { EventExclusion, EventRule, FeatureCondition } from '../schema.ts';
import { error, type Validator } from './validator.ts';

/** An exclusion that leaves nothing to hit, as long as it lasts. */
export const excludesEverything: Validator = {
  code: 'excludes-everything',
  check: (rule) => {
    const places =
      rule.over === 'events'
        ? rule.exclusions.flatMap((exclusion, i) => (coversEvents(rule, exclusion) ? [`exclusions.${i}.where`] : []))
        : rule.exclusions.flatMap(({ when }, i) => (isAmong(when, rule.when) ? [`exclusions.${i}.when`] : []));
    const hint = 'Say what only those have that should be left out.';
    return places.map((at) => error(at, 'This leaves out everything that the rule would hit.', hint));
  },
};

/** Whether every event that the rule would see meets the exclusion, as far as single comparisons tell. */
const coversEvents = ({ where }: EventRule, exclusion: EventExclusion): boolean => {
  if (where === null) return false;
  if (JSON.stringify(where) === JSON.stringify(exclusion.where)) return true;
  const own = constraintsOf({ path: 'where', filter: where });
  const parts = 'all' in exclusion.where ? exclusion.where.all : [exclusion.where];
  return parts.every((filter) => {
    const [constraint, ...others] = constraintsOf({ path: '', filter });
    return constraint !== undefined && others.length === 0 && own.some((each) => implies(each, constraint));
  });
};

/** Whoever meets all conditions of the rule meets those of the exclusion. */
const isAmong = (exclusion: readonly FeatureCondition[], when: readonly FeatureCondition[]): boolean => {
  const known = new Set(when.map((condition) => JSON.stringify(condition)));
  return exclusion.every((condition) => known.has(JSON.stringify(condition)));
};
