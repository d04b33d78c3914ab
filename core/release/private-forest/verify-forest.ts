import { NightjarError } from '../../api/errors.ts';
import { compareRational, parseRational } from '../../math/rational.ts';
import { lossEventFromJson, spent } from '../accounting/index.ts';
import { canonicalText } from '../keys/index.ts';
import { lossOfBudget, type ReleaseVerdict } from '../release-file/index.ts';
import { verdictOn } from '../release-file/verdict.ts';
import type { ForestBody, ForestFile } from './file-shape.ts';
import { forestOf, forestPlanText } from './forest-file.ts';
import { planPrivateForest } from './plan-forest.ts';
import { parseForest } from './settings.ts';

/**
 * Checks the file of a forest on any machine, without the case: its signature, that the noise follows from settings and budget
 * and costs no more than is claimed, and that the splits are those that the settings lead to, so that no data went into
 * them. What it cannot tell is what `verifyRelease` cannot: whose key it is, and whether noise was drawn.
 */
export const verifyPrivateForest = (file: ForestFile, trusted?: readonly string[]): ReleaseVerdict =>
  verdictOn({
    body: file.forest,
    signature: file.signature,
    purpose: 'release 1',
    trusted,
    checks: [
      { what: 'privacy loss', faults: faultsOf(() => costFaults(file.forest)) },
      { what: 'mechanisms', faults: faultsOf(() => planFaults(file.forest)) },
      { what: 'splits', faults: faultsOf(() => void forestOf(file)) },
    ],
  });

const costFaults = ({ losses, epsilon, delta }: ForestBody): readonly string[] => {
  const least = spent(losses.map(lossEventFromJson), parseRational(delta)).epsilon;
  const isWithin = least !== undefined && compareRational(least, parseRational(epsilon)) <= 0;
  return isWithin ? [] : ['The mechanisms cost more than the file claims.'];
};

const planFaults = (forest: ForestBody): readonly string[] => {
  const plan = planPrivateForest(parseForest(forest.query), lossOfBudget(forest.epsilon, forest.delta));
  const text = forestPlanText(plan);
  return (['query', 'losses', 'statements'] as const).flatMap((part) =>
    canonicalText(text[part]) === canonicalText(forest[part])
      ? []
      : [`What stands under "${part}" is not what these settings and this budget lead to.`],
  );
};

/** What a check finds, or the error that it ends with: a file that cannot be checked is wrong. */
const faultsOf = (check: () => readonly string[] | void): readonly string[] => {
  try {
    return check() ?? [];
  } catch (error) {
    if (error instanceof NightjarError) return [`${error.message} (${error.where ?? 'forest'})`];
    throw error;
  }
};
