import type { Condition, EventFilter, Rule } from '../schema.ts';

/** The event columns some rules read, `ts` left out, in the order in which they are first named. */
export const columnsOf = (rules: readonly Rule[]): readonly string[] => {
  const names = new Set<string>();
  const filter = (part: EventFilter | null): void => {
    if (part === null) return;
    if ('all' in part) part.all.forEach(filter);
    else if ('any' in part) part.any.forEach(filter);
    else if ('not' in part) filter(part.not);
    else names.add(part.column);
  };
  const condition = (part: Condition): void => {
    if ('column' in part) names.add(part.column);
    if ('where' in part) filter(part.where);
    if (part.kind === 'ratio') {
      filter(part.of);
      filter(part.among);
    }
    if (part.kind === 'sequence') part.steps.forEach(filter);
  };
  for (const rule of rules) {
    if (rule.over === 'actors') continue;
    for (const name of rule.groupBy) names.add(name);
    filter(rule.where);
    rule.exclusions.forEach(({ where }) => filter(where));
    rule.when.forEach(condition);
  }
  return [...names];
};
