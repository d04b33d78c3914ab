import { fingerprintOf, isSignedBy } from '../keys/index.ts';
import { checkCost } from './check-cost.ts';
import { checkGroups } from './check-groups.ts';
import { checkNumbers } from './check-numbers.ts';
import { checkPlan } from './check-plan.ts';
import type { ReleaseFile } from './shape.ts';

/** What was checked, in words, and what is wrong with it; nothing where it is right. */
export type Check = { readonly what: string; readonly faults: readonly string[] };

/** What can be said of a release file by itself. */
export type ReleaseVerdict = {
  readonly ok: boolean;
  readonly checks: readonly Check[];
  readonly signer: {
    /** As the signer wrote it: a claim. */
    readonly name: string;
    readonly fingerprint: string;
    /** Whether the key is among those given as trusted; undefined where none were given. */
    readonly isTrusted: boolean | undefined;
  };
};

/**
 * Checks a release file on any machine, without the case: its signature, that the mechanisms follow from the query and
 * cost no more than is claimed, that its groups are the declared ones, and that its numbers follow from the noised
 * integers. That a signature is right says that the holder of this key signed; whose key it is, no file can say: give
 * public keys that were received another way. It cannot tell whether the data were what they are said to be, nor whether
 * noise was drawn: for that, `nightjar audit` runs the program, and the ledger of the case must name this release.
 */
export const verifyRelease = ({ release, signature }: ReleaseFile, trusted?: readonly string[]): ReleaseVerdict => {
  const { publicKey, value } = signature;
  const fingerprint = fingerprintOf(publicKey);
  const isSigned = isSignedBy(publicKey, value, 'release', release);
  const isTrusted = trusted?.includes(fingerprint);
  const checks: Check[] = [
    { what: 'signature', faults: isSigned ? [] : ['The signature is not of this key, or the file was changed.'] },
    ...(isTrusted === false ? [{ what: 'key', faults: ['The key is not among those you trust.'] }] : []),
    { what: 'privacy loss', faults: checkCost(release) },
    { what: 'mechanisms', faults: checkPlan(release) },
    { what: 'groups', faults: checkGroups(release) },
    { what: 'numbers', faults: checkNumbers(release) },
  ];
  return {
    ok: checks.every(({ faults }) => faults.length === 0),
    checks,
    signer: { name: release.reviewer, fingerprint, isTrusted },
  };
};
