import { overlapOf } from '../../rules/backtest/index.ts';
import type { RuleDiff } from '../contract/rules.ts';
import { NightjarError } from '../errors.ts';
import type { CaseRuns } from './case-runs.ts';
import { lineDiff } from './line-diff.ts';
import { requireRules } from './rules-text.ts';
import type { KeptRule } from './saved.ts';

const DEADLINE_MS = 2000;

/** Two versions of a rule, line by line, and what changes in whom they hit unless that takes too long. Errors: `cancelled`. */
export const diffVersions = async (
  runs: CaseRuns,
  from: KeptRule,
  to: KeptRule,
  signal?: AbortSignal,
): Promise<RuleDiff> => {
  const rules = [requireRules(from.text, from.id)[0], requireRules(to.text, to.id)[0]];
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const lines = [...lineDiff(from.text, to.text)];
  try {
    const ran = await runs.run(rules, signal === undefined ? deadline : AbortSignal.any([signal, deadline]));
    const [before, after] = ran.hits.map(({ byActor }) => new Set(byActor.keys()));
    if (before === undefined || after === undefined) return { lines, hits: null };
    const { shared } = overlapOf(before, after);
    return { lines, hits: { gained: after.size - shared, lost: before.size - shared, kept: shared } };
  } catch (error) {
    const isLate = deadline.aborted && signal?.aborted !== true;
    if (!isLate || !(error instanceof NightjarError) || error.code !== 'cancelled') throw error;
    return { lines, hits: null };
  }
};
