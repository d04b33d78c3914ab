import { checkCost } from './check-cost.ts';
import { checkGroups } from './check-groups.ts';
import { checkNumbers } from './check-numbers.ts';
import { checkPlan } from './check-plan.ts';
import type { ReleaseFile } from './shape.ts';
import { purposeOf } from './sign-release.ts';
import { verdictOn, type ReleaseVerdict } from './verdict.ts';

/**
 * Checks a release file on any machine, without the case: its signature, that the mechanisms follow from the query and
 * cost no more than is claimed, that its groups are the declared ones, and that its numbers follow from the noised
 * integers. That a signature is right says that the holder of this key signed; whose key it is, no file can say: give
 * public keys that were received another way. It cannot tell whether the data were what they are said to be, nor whether
 * noise was drawn: for that, `nightjar audit` runs the program, and the ledger of the case must name this release.
 */
export const verifyRelease = (file: ReleaseFile, trusted?: readonly string[]): ReleaseVerdict => {
  const { release, signature } = file;
  const numbers = checkNumbers(file);
  return verdictOn({
    body: release,
    signature,
    purpose: purposeOf(file),
    trusted,
    checks: [
      { what: 'privacy loss', faults: checkCost(release) },
      { what: 'mechanisms', faults: checkPlan(release) },
      { what: 'groups', faults: checkGroups(release) },
      { what: 'numbers', faults: numbers.faults },
    ],
    gaps: numbers.gaps,
  });
};
