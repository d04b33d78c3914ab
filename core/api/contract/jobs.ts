import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { errorDetail, grantId, procedure, time } from './common.ts';
import { importOptions } from './import.ts';

/** How everybody is ranked. What is left out is as the command line's default. */
const detectSettings = z.object({
  seed: z.number().int().min(0).optional(),
  detectors: z.array(z.string()).min(1).optional(),
  minEvents: z.number().int().min(1).optional(),
});

/** One step of a job; `total` is null where it cannot be known. */
const jobStage = z.object({
  stage: z.string(),
  done: z.number(),
  total: z.number().nullable(),
  unit: z.string(),
});

/** A long call. It belongs to the engine: a page that is reloaded finds it again. */
const job = z.object({
  id: z.string(),
  kind: z.enum(['import', 'detect', 'audit', 'risk', 'backtest', 'suggest']),
  title: z.string(),
  state: z.enum(['running', 'cancelling', 'done', 'failed', 'cancelled']),
  startedAt: time,
  endedAt: time.nullable(),
  /** In the order of work; the last one is under way while the job runs. */
  stages: z.array(jobStage),
  /** Of the stage under way; null where it cannot be known yet. */
  secondsLeft: z.number().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).extend(errorDetail.shape).nullable(),
  /** What it did, as one sentence; null until it is done. */
  summary: z.string().nullable(),
  warnings: z.array(z.string()),
});

/** What a page must know at any time. A page reads again what a raised revision is about. */
const engineState = z.object({
  jobs: z.array(job),
  revisions: z.object({ case: z.number(), run: z.number(), decisions: z.number(), rules: z.number() }),
  /** The single writer has something that is not on disk yet. */
  isSaving: z.boolean(),
});

export const jobsContract = {
  /** The state, at once and after every change, until the caller stops. */
  watch: procedure.output(eventIterator(engineState)),
  /** Imports granted files into the open case and, if asked, ranks everybody. Errors: `usage` without a case or while another job runs. */
  startImport: procedure
    .input(
      z.object({
        grants: z.array(grantId).min(1).max(1000),
        options: importOptions.default({}),
        detect: detectSettings.nullable().default({}),
      }),
    )
    .output(z.object({ job: z.string() })),
  /** Ranks everybody in the open case again. */
  startDetect: procedure.input(detectSettings).output(z.object({ job: z.string() })),
  /** Returns as soon as the job knows; it ends as `cancelled`, with the case as before. */
  cancel: procedure.input(z.object({ job: z.string() })).output(z.void()),
  /** Takes an ended job off the list. */
  dismiss: procedure.input(z.object({ job: z.string() })).output(z.void()),
};

export type DetectSettings = z.infer<typeof detectSettings>;
export type Job = z.infer<typeof job>;
export type EngineState = z.infer<typeof engineState>;
