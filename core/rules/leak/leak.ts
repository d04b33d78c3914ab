/** Why a rule may not leave its case. */
export type Leak = {
  /** `identifier`, `pseudonym`, `identity-column`, `rare-value`, `off-grid`, `few-actors`, `difference`. */
  readonly code: string;
  /** Path of the part in the rule's form; '' for all of it. */
  readonly at: string;
  readonly message: string;
  readonly hint: string;
};

export const leak = (code: string, at: string, message: string, hint: string): Leak => ({ code, at, message, hint });
