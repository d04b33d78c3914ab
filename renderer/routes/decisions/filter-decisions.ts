import type { Decision, Verdict } from '../../../core/api/contract.ts';

export type DecisionFilter = {
  readonly verdict?: Verdict | undefined;
  readonly kind?: string | undefined;
  /** In pseudonym, kind or note, whatever the case of its letters. */
  readonly text?: string | undefined;
};

/** The decisions that fit every part of the filter, in their order. */
export const filterDecisions = (
  decisions: readonly Decision[],
  { verdict, kind, text }: DecisionFilter,
): Decision[] => {
  const wanted = (text ?? '').trim().toLowerCase();
  return decisions.filter(
    (decision) =>
      (verdict === undefined || decision.verdict === verdict) &&
      (kind === undefined || decision.kind === kind) &&
      (wanted === '' ||
        [decision.actor, decision.kind ?? '', decision.note ?? ''].some((part) => part.toLowerCase().includes(wanted))),
  );
};
