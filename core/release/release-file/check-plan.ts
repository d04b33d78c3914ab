import { NightjarError } from '../../api/errors.ts';
import { planRelease } from '../plan.ts';
import { canonicalText } from '../keys/index.ts';
import { parseQuery } from '../query/index.ts';
import { lossOfBudget } from './loss-of-budget.ts';
import { planText } from './plan-text.ts';
import type { ReleaseBody } from './shape.ts';

/**
 * Whether the mechanisms, their noise and how far an actor can move each statistic are those that the query and the budget
 * lead to: they are computed anew, which needs no data.
 */
export const checkPlan = (release: ReleaseBody): readonly string[] => {
  try {
    const query = parseQuery(release.query);
    const plan = planText(planRelease(query, lossOfBudget(release.epsilon, release.delta)));
    const faults: string[] = [];
    if (query.level !== release.level) faults.push('The level of the intervals is not the one that was asked for.');
    for (const part of ['losses', 'selection', 'statistics', 'statements'] as const) {
      if (canonicalText(plan[part]) !== canonicalText(release[part])) {
        faults.push(`What stands under "${part}" is not what this query and budget lead to.`);
      }
    }
    return faults;
  } catch (error) {
    if (error instanceof NightjarError) return [`The query cannot be released as it stands: ${error.message}`];
    throw error;
  }
};
