import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RuleDiagnostic, RuleImpact } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { useSettled } from '../../ui/use-settled.ts';

const CHECK_MS = 200;
const IMPACT_MS = 500;

export type Checked = {
  /** Of the text as it was a moment ago; undefined before the first answer. */
  readonly diagnostics: readonly RuleDiagnostic[] | undefined;
  readonly rules: readonly { readonly id: string; readonly title: string; readonly words: string }[];
  readonly impact: RuleImpact | undefined;
  readonly isMeasuring: boolean;
  readonly error: unknown;
};

/** What the engine says of a text while it is written: faults at once, whom it would hit a little later. */
export const useCheck = (text: string): Checked => {
  const settled = useSettled(text, CHECK_MS);
  const quiet = useSettled(text, IMPACT_MS);
  const check = useQuery(
    api.rules.check.queryOptions({ input: { text: settled }, placeholderData: keepPreviousData, gcTime: 10_000 }),
  );
  const isSound = check.data?.diagnostics.every(({ severity }) => severity !== 'error') === true;
  const impact = useQuery(
    api.rules.impact.queryOptions({
      input: { text: quiet },
      enabled: isSound && quiet === text,
      placeholderData: keepPreviousData,
      gcTime: 10_000,
    }),
  );
  return {
    diagnostics: check.data?.diagnostics,
    rules: check.data?.rules ?? [],
    impact: isSound ? impact.data : undefined,
    isMeasuring: isSound && (impact.isFetching || quiet !== text),
    error: check.error ?? (isSound ? impact.error : null),
  };
};
