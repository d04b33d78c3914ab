import { z } from 'zod';
import { ruleCandidate, type RuleCandidate } from '../contract/rules-findings.ts';
import type { JobWork } from '../engine/jobs.ts';
import type { OpenCase } from '../engine/open-case.ts';
import { induceOver, type InduceFrom } from './induce-rules.ts';

export type Suggested = { readonly candidates: RuleCandidate[]; readonly notes: string[] };

/** Looks for rules as `induceRulesOf` does, and hands them to `onFound` where it ran to its end. */
export const suggestJob =
  (
    { case: opened, readers }: Pick<OpenCase, 'case' | 'readers'>,
    from: InduceFrom,
    onFound: (found: Suggested) => void,
  ): JobWork =>
  async (watch, keep) => {
    keep('Cancelled: the case is as before.');
    const { candidates, notes } = await induceOver(opened, readers, { from }, watch);
    onFound({ candidates: z.array(ruleCandidate).parse(candidates), notes: [...notes] });
    const many = candidates.length === 1 ? 'a rule' : `${candidates.length} rules`;
    return {
      summary: candidates.length === 0 ? 'Found no rule to suggest.' : `Found ${many} to suggest.`,
      warnings: [...notes],
    };
  };
