import type { Rule, Vocabulary } from '../schema.ts';

/** What a validator says of a rule; `at` is the path of the part in the rule's form, '' for all of it. */
export type Fault = {
  readonly severity: 'error' | 'warning';
  readonly at: string;
  readonly message: string;
  readonly hint: string;
};

export type Context = {
  /** What is not known is not checked. */
  readonly vocabulary: Partial<Vocabulary>;
  /** `YYYY-MM-DD`: the day it is; null: not known. */
  readonly day: string | null;
  /** The rules before this one in its file. */
  readonly before: readonly Rule[];
};

/** One thing that can be wrong with a rule. One file each, one line in `VALIDATORS`. */
export type Validator = {
  /** What its diagnostics are called. */
  readonly code: string;
  readonly check: (rule: Rule, context: Context) => readonly Fault[];
};

export const error = (at: string, message: string, hint: string): Fault => ({ severity: 'error', at, message, hint });

export const warning = (at: string, message: string, hint: string): Fault => ({
  severity: 'warning',
  at,
  message,
  hint,
});
