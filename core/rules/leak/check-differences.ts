import type { Rule } from '../schema.ts';
import type { ActorSet, LeakEvidence } from './evidence.ts';
import { countOnlyIn } from './gather-evidence.ts';
import { leak, type Leak } from './leak.ts';

/** Two rules of one export, and a rule with and without an exclusion, tell no fewer than k actors apart. */
export const checkDifferences = (rule: Rule, evidence: LeakEvidence): readonly Leak[] => {
  const { k, hits, others, withoutExclusion } = evidence;
  const isClose = (other: ActorSet): boolean =>
    [countOnlyIn(hits, other), countOnlyIn(other, hits)].some((only) => only > 0 && only < k);
  return [
    ...others
      .filter((other) => isClose(other.hits))
      .map((other) => {
        const message = `The hits of this rule and of ${other.rule} differ by fewer than ${k} actors.`;
        return leak('difference', '', message, 'Export only one of them, or make them differ more.');
      }),
    ...rule.exclusions.flatMap((_, i) => {
      const whole = withoutExclusion[i];
      if (whole !== undefined && !isClose(whole)) return [];
      const message = `This keeps fewer than ${k} actors from being hit.`;
      return [leak('difference', `exclusions.${i}`, message, 'Widen the exclusion, or remove it.')];
    }),
  ];
};
