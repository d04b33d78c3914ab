import { z } from 'zod';
import { parseRules } from '../../rules/text/parse-rules.ts';
import { printRule } from '../../rules/text/print-rule.ts';
import { ruleCandidate, type RuleCandidate } from '../contract/rules-findings.ts';
import type { JobWork } from '../engine/jobs.ts';
import type { OpenCase } from '../engine/open-case.ts';
import type { Watch } from '../progress.ts';
import { induceOverEvents, type EventChoice } from './induce-events.ts';
import { induceOver, type InduceFrom } from './induce-rules.ts';

export type Suggested = { readonly candidates: RuleCandidate[]; readonly notes: string[] };
export type SuggestFrom = InduceFrom | { readonly kind: 'events'; readonly choice: EventChoice };

/** Looks for rules, such as `target` can say where one is named, under ids that no saved rule has, and hands them to `onFound` where the search ran to its end. */
export const suggestJob =
  (
    opened: Pick<OpenCase, 'case' | 'readers' | 'rules'>,
    from: SuggestFrom,
    target: string | undefined,
    onFound: (found: Suggested) => void,
  ): JobWork =>
  async (watch, keep) => {
    keep('Nothing was found out. The case is as before.');
    const { candidates, notes } = await search(opened, from, target, watch);
    const taken = new Set(opened.rules.list().map(({ id }) => id));
    onFound({ candidates: z.array(ruleCandidate).parse(withFreeIds(candidates, taken)), notes: [...notes] });
    const many = candidates.length === 1 ? 'a rule' : `${candidates.length} rules`;
    return {
      summary: candidates.length === 0 ? 'Found no rule to suggest.' : `Found ${many} to suggest.`,
      warnings: [...notes],
    };
  };

const search = (
  opened: Pick<OpenCase, 'case' | 'readers'>,
  from: SuggestFrom,
  target: string | undefined,
  watch: Watch,
) =>
  from.kind === 'events'
    ? induceOverEvents(opened.readers, from.choice, watch)
    : induceOver(opened.case, opened.readers, { from, ...(target === undefined ? {} : { target }) }, watch);

/** The candidates as `induced_1`, `induced_2` and so on, past the ids that are taken. */
const withFreeIds = (candidates: readonly RuleCandidate[], taken: ReadonlySet<string>): readonly RuleCandidate[] => {
  let place = 0;
  const next = (): string => {
    do place++;
    while (taken.has(`induced_${place}`));
    return `induced_${place}`;
  };
  return candidates.map((candidate) => {
    const [rule] = parseRules(candidate.text).rules ?? [];
    return rule === undefined ? candidate : { ...candidate, text: printRule({ ...rule, id: next() }) };
  });
};
