import { error, type Validator } from './validator.ts';

/** Features are the actor's: a group of events must say whose they are. */
export const featureWithoutActor: Validator = {
  code: 'feature-without-actor',
  check: (rule) => {
    if (rule.over === 'actors' || rule.groupBy.includes('actor_id')) return [];
    return rule.when.flatMap((condition, i) =>
      'feature' in condition
        ? [error(`when.${i}`, 'Features belong to actors, and the rule groups by others.', 'Write for each actor_id.')]
        : [],
    );
  },
};
