import type { RuleState } from '../../../core/api/contract.ts';

type Words = {
  readonly label: string;
  readonly tone: 'normal' | 'accent' | 'ok' | 'undecided';
  readonly about: string;
};

/** The states of a rule, in the order of its life. */
export const STATES: Readonly<Record<RuleState, Words>> = {
  draft: { label: 'Draft', tone: 'normal', about: 'being written' },
  shadow: { label: 'Shadow', tone: 'accent', about: 'runs elsewhere without effect' },
  live: { label: 'Live elsewhere', tone: 'ok', about: 'runs elsewhere with its effect' },
  retired: { label: 'Retired', tone: 'undecided', about: 'no longer runs' },
};
