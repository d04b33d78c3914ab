import { featuresOf } from '../../rules/export/columns.ts';
import type { Rule } from '../../rules/schema.ts';
import { readReleaseColumns } from '../../store/release-columns.ts';
import type { Case } from '../../store/index.ts';
import { NightjarError } from '../errors.ts';

/**
 * Requires that whether a rule hits an actor depends on that actor's own events alone: else one actor more or less could
 * move others from cell to cell, and sensitivity would not be 1. It is so where
 *
 * 1. each group holds one actor's events (`actor_id` is among `for each`), or the rule is over actors. Then filters, windows,
 *    counts, different values, sums, shares, sequences and first-seen values are of events of that actor, each by its own
 *    values (exclusions and ends too);
 * 2. no condition is a percentile, which is a place among others;
 * 3. every feature is one that `core/store/release-columns.ts` calls open: computed from the actor's events alone, which a
 *    test there holds against the same log without some other actor.
 *
 * Errors: `usage` with the reason.
 */
export const requireOwn = async (connection: Case['connection'], rule: Rule): Promise<void> => {
  if (rule.over === 'events' && !rule.groupBy.includes('actor_id')) {
    throw refused(
      rule,
      'It groups by something else than the actor, so that one actor’s events could make others hit.',
    );
  }
  const conditions =
    rule.over === 'actors' ? [...rule.when, ...rule.exclusions.flatMap(({ when }) => when)] : rule.when;
  if (conditions.some(({ kind }) => kind === 'percentile')) {
    throw refused(rule, 'It has a percentile, which says where an actor stands among others.');
  }
  const open = new Set(
    (await readReleaseColumns(connection, 'actors')).flatMap(({ name, use }) => (use === 'open' ? [name] : [])),
  );
  const strange = featuresOf(rule).find((name) => !open.has(name));
  if (strange === undefined) return;
  throw refused(rule, `Its feature ${strange} depends on what other actors did, or the case does not have it.`);
};

const refused = (rule: Rule, why: string): NightjarError =>
  new NightjarError('usage', `How far this rule reaches cannot be released. ${why}`, {
    where: rule.id,
    next: 'Release it of a rule whose hits depend on each actor’s own events alone.',
  });
