/** Bounds of a file of rules: far beyond what people write, near enough that no file can hang what reads it. */
export const LIMITS = {
  /** UTF-16 units of a file, in either form. */
  fileLength: 1_000_000,
  rules: 1000,
  conditions: 8,
  exclusions: 20,
  groupBy: 3,
  fewestSteps: 2,
  steps: 5,
  /** Comparisons in one filter. */
  leaves: 64,
  /** `all`, `any` and `not` inside each other. */
  filterDepth: 16,
  /** Texts in one `in (…)`. */
  values: 200,
  falsePositives: 20,
  decimals: 6,
  /** UTF-16 units of texts. */
  name: 200,
  title: 200,
  words: 1000,
  unit: 40,
  value: 500,
} as const;

/** Ids of rules, and labels. */
export const ID = /^[a-z][a-z0-9_]{0,63}$/;
