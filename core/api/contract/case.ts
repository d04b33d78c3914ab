import { z } from 'zod';
import { grantId, procedure, time } from './common.ts';

/** The open case, in the numbers a person wants to see first. */
const caseInfo = z.object({
  id: z.string(),
  name: z.string(),
  /** Shown to people only. */
  directory: z.string(),
  createdAt: time,
  sealing: z.enum(['passphrase', 'keyring', 'keychain', 'none', 'memory']),
  isSample: z.boolean(),
  files: z.number(),
  events: z.number(),
  actors: z.number(),
  quarantined: z.number(),
  /** First and last event; null without events or without times. */
  span: z.object({ from: time, to: time }).nullable(),
  isRanked: z.boolean(),
  decisions: z.number(),
});

/** A case this user opened before. */
const recentCase = z.object({
  id: z.string(),
  name: z.string(),
  directory: z.string(),
  openedAt: time,
  events: z.number(),
  actors: z.number(),
  /** False where the directory is gone. */
  exists: z.boolean(),
  isSample: z.boolean(),
  needsPassphrase: z.boolean(),
});

export const caseContract = {
  /** The open case, or null. */
  current: procedure.output(caseInfo.nullable()),
  recents: procedure.output(z.array(recentCase)),
  /** Takes a case off the list; its directory stays. */
  forget: procedure.input(z.object({ id: z.string() })).output(z.void()),
  /**
   * Makes an empty case and opens it, in the folder that was granted or in the user's folder of cases. `vault: false`:
   * nobody can ever re-identify. `keychain`: the system's keychain opens the vault, for this user and app alone. Errors:
   * `usage` for a name that is taken or cannot be a folder's, or with both a passphrase and the keychain; `vault` where
   * there is no keychain.
   */
  create: procedure
    .input(
      z.object({
        name: z.string().trim().min(1).max(80),
        into: grantId.optional(),
        vault: z.boolean().default(true),
        keychain: z.boolean().default(false),
        passphrase: z.string().min(1).max(1024).optional(),
      }),
    )
    .output(caseInfo),
  /** Opens a recent or a granted case; the one open before is closed. Errors: `usage` while a job runs, `vault` without the right passphrase. */
  open: procedure
    .input(
      z.object({
        recent: z.string().optional(),
        grant: grantId.optional(),
        passphrase: z.string().min(1).max(1024).optional(),
      }),
    )
    .output(caseInfo),
  /** Opens the sample case; the first time it is made, which the job that is named imports and ranks. */
  openSample: procedure.output(z.object({ case: caseInfo, job: z.string().nullable() })),
  /** Errors: `usage` while a job runs. */
  close: procedure.output(z.void()),
};

export type CaseInfo = z.infer<typeof caseInfo>;
export type RecentCase = z.infer<typeof recentCase>;
