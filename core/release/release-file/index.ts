export { planText, type PlanText } from './plan-text.ts';
export { lossOfBudget } from './loss-of-budget.ts';
export { parseRelease, purposeOf, signRelease } from './sign-release.ts';
export type { ReleaseBody, ReleaseFile } from './shape.ts';
export { UNIT_OF_PRIVACY, unitFaults } from './unit-of-privacy.ts';
export type { Check, ReleaseVerdict } from './verdict.ts';
export { verifyRelease } from './verify-release.ts';
