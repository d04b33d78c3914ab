import { z } from 'zod';

/** What ran in the run on screen, with what say, and why. */
export const ensembleInfo = z.object({
  chosenBy: z.enum(['default', 'user']),
  members: z.array(
    z.object({
      name: z.string(),
      evidence: z.enum(['odd', 'alike']),
      /** Of the say among detectors of its kind, 0–1. */
      share: z.number(),
      because: z.string(),
    }),
  ),
  leftOut: z.array(z.object({ name: z.string(), because: z.string() })),
  sentences: z.array(z.string()),
  agreement: z.object({
    names: z.array(z.string()),
    /** Spearman's correlation, row by row in the order of `names`; null where one of the two is constant. */
    rank: z.array(z.array(z.number().nullable())),
    /** Share of one's strongest actors among the other's. */
    top: z.array(z.array(z.number())),
    topRows: z.number(),
  }),
});

/** Where the p-values of the run come from, and what they are worth. */
export const calibrationInfo = z.object({
  method: z.enum(['reference', 'cross-conformal', 'tail-bound', 'none']),
  assumptions: z.string(),
  /** False: no cut can be promised. */
  identifiable: z.boolean(),
  nullShare: z.number(),
});

/** Actors who are more alike than chance explains. */
export const twinGroup = z.object({
  /** Names the group within its run. */
  place: z.number(),
  run: z.string(),
  basis: z.enum(['features', 'events']),
  size: z.number(),
  pValue: z.number(),
  sentence: z.string(),
  shared: z.array(z.object({ what: z.string(), label: z.string(), value: z.number(), others: z.number() })),
  /** Pseudonyms, the strongest first, at most 500. */
  members: z.array(z.string()),
  decided: z.object({ abuse: z.number(), benign: z.number(), unsure: z.number() }),
});

/** How many to review so that at most `target` of them are expected to be ordinary. */
export const review = calibrationInfo.extend({
  target: z.number(),
  /** 0 where no cut keeps the target. */
  count: z.number(),
  low: z.number(),
  high: z.number(),
  trueFindings: z.number(),
  /** Actors called benign that the p-values are measured against; 0: none, or too few. */
  references: z.number(),
  /** Rate at up to 200 sizes of the review, with its interval. */
  curve: z.array(z.object({ queue: z.number(), rate: z.number(), low: z.number(), high: z.number() })),
});

/** What was claimed of decided actors, beside what came of it. */
export const reliability = z.object({
  decided: z.number(),
  bins: z.array(
    z.object({
      /** Mean q-value claimed, 0–1. */
      claimed: z.number(),
      /** Share called benign, with its 95 % interval. */
      realised: z.number(),
      low: z.number(),
      high: z.number(),
      n: z.number(),
    }),
  ),
});

/** What the verdicts made of the queue. */
export const feedbackInfo = z.object({
  createdAt: z.number(),
  abuse: z.number(),
  benign: z.number(),
  used: z.number(),
  /** What each detector's word counts, before and after. */
  detectors: z.array(z.object({ name: z.string(), before: z.number(), after: z.number() })),
  warnings: z.array(z.string()),
});

/** Said of an actor beyond its reasons. */
export const story = z.object({
  summary: z.string(),
  /** Null for an ordinary actor, one that is alike to others, and where no few features would do. */
  smallestChange: z
    .object({
      sentence: z.string(),
      changes: z.array(
        z.object({ feature: z.string(), label: z.string(), shownFrom: z.string(), shownTo: z.string() }),
      ),
    })
    .nullable(),
});

export type EnsembleInfo = z.infer<typeof ensembleInfo>;
export type CalibrationInfo = z.infer<typeof calibrationInfo>;
export type TwinGroup = z.infer<typeof twinGroup>;
export type Review = z.infer<typeof review>;
export type Reliability = z.infer<typeof reliability>;
export type FeedbackInfo = z.infer<typeof feedbackInfo>;
