import { z } from 'zod';
import { caseContract } from './contract/case.ts';
import { procedure } from './contract/common.ts';
import { decisionsContract } from './contract/decisions.ts';
import { exploreContract } from './contract/explore.ts';
import { importContract } from './contract/import.ts';
import { jobsContract } from './contract/jobs.ts';
import { privacyContract } from './contract/privacy.ts';
import { riskContract } from './contract/risk.ts';
import { rulesContract } from './contract/rules.ts';

export type { DesktopBridge } from './contract/bridge.ts';
export * from './contract/case.ts';
export * from './contract/common.ts';
export * from './contract/decisions.ts';
export * from './contract/explore.ts';
export * from './contract/findings.ts';
export * from './contract/import.ts';
export * from './contract/jobs.ts';
export * from './contract/privacy.ts';
export * from './contract/risk.ts';
export * from './contract/rules-findings.ts';
export * from './contract/rules.ts';

/** What the page knows of where it runs. */
export const appInfo = z.object({
  version: z.string(),
  mode: z.enum(['desktop', 'browser']),
  /** A reviewer's engine refuses every call that shows or changes single actors. */
  role: z.enum(['investigator', 'reviewer']),
  /** Whether a vault can be sealed under the system's keychain here. */
  keychain: z.boolean(),
  /** What this mode cannot promise, as sentences; empty on the desktop. */
  cannotPromise: z.array(z.string()),
  /** Names that a run may ask for. */
  detectors: z.array(z.string()),
  /** Those that run when none are named. */
  defaultDetectors: z.array(z.string()),
});
export type AppInfo = z.infer<typeof appInfo>;

/**
 * The boundary between page and engine: every call, its input and its answer, checked at both ends. It is the only thing
 * of the engine that the page may import.
 */
export const contract = {
  app: { info: procedure.output(appInfo) },
  case: caseContract,
  import: importContract,
  jobs: jobsContract,
  explore: exploreContract,
  decisions: decisionsContract,
  risk: riskContract,
  privacy: privacyContract,
  rules: rulesContract,
};
