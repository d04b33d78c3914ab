import { z } from 'zod';
import { procedure } from './common.ts';

const share = z.number().min(0).max(1);
const columnName = z.string().min(1).max(128);

const attacker = z.object({
  /** Share of actors whose own risk is above the threshold. */
  atRisk: share,
  highest: share,
  /** Share of actors an attacker would find by trying all. */
  average: share,
});

/** A way to change the table: what becomes coarser, and how many actors lose their quasi-identifiers. */
const riskPolicy = z.object({
  levels: z.array(z.number()),
  changes: z.array(z.object({ column: z.string(), level: z.number(), to: z.string() })),
  suppressed: z.number(),
  suppressedShare: share,
  classes: z.number(),
  smallest: z.number(),
  allClasses: z.number(),
  averageRisk: share,
  averageRiskOfAll: share,
  highestRisk: share,
  loss: z.object({ granularity: share, discernibility: share }),
});

const riskPoint = z.object({
  policy: riskPolicy,
  /** Share of actors at risk unless they are suppressed. */
  atRisk: share,
  detection: z
    .object({
      rankCorrelation: z.number().nullable(),
      topOverlap: z.object({ of: z.number(), share }),
      rocAuc: z.object({ before: share, after: share }).nullable(),
      unseen: z.array(z.string()),
    })
    .nullable(),
  isBest: z.boolean(),
});

/** Counts, shares and names of columns: no value of any actor, and no actor. */
export const riskReport = z.object({
  columns: z.array(z.object({ name: z.string(), values: z.number(), levels: z.array(z.string()) })),
  kAnonymity: z.object({
    smallest: z.number(),
    classes: z.number(),
    actors: z.number(),
    meanSize: z.number(),
    below: z.object({ k: z.number(), classes: z.number(), actors: z.number() }),
    distribution: z.array(
      z.object({ from: z.number(), to: z.number().nullable(), classes: z.number(), actors: z.number() }),
    ),
  }),
  attackers: z.object({
    threshold: share,
    prosecutor: attacker,
    journalist: attacker,
    marketer: z.object({ average: share }),
    samplingFraction: share.nullable(),
  }),
  uniqueness: z.object({
    sample: share,
    population: z
      .object({
        samplingFraction: share,
        share,
        model: z.enum(['none', 'pitman', 'zayatz', 'snb', 'census']),
        zayatz: share,
        pitman: share.nullable(),
        snb: share.nullable(),
        uniqueMatch: share.nullable(),
      })
      .nullable(),
  }),
  sensitive: z.array(
    z.object({
      name: z.string(),
      lDiversity: z.object({ distinct: z.number(), entropy: z.number(), homogeneous: share }),
      tCloseness: z.object({ largest: z.number(), mean: z.number(), distance: z.enum(['ordered', 'equal']) }),
    }),
  ),
  subsets: z.array(
    z.object({
      columns: z.array(z.number()),
      distinctRatio: share,
      separationRatio: share,
      unique: share,
      belowK: share,
    }),
  ),
  contributions: z.object({
    columns: z.array(
      z.object({
        column: z.number(),
        alone: share,
        leftOut: z.number().nullable(),
        shapley: z.number().nullable(),
      }),
    ),
    pairs: z.array(
      z.object({ columns: z.tuple([z.number(), z.number()]), together: share, beyondSingles: z.number() }),
    ),
  }),
  target: z.number(),
  suggestions: z.object({
    method: z.enum(['exhaustive', 'greedy']),
    lattice: z.number(),
    judged: z.number(),
    asItIs: riskPolicy,
    oneStep: z.array(riskPolicy),
    best: z.array(riskPolicy.extend({ suppressionLimit: share })),
  }),
  tradeOff: z.array(riskPoint),
  notes: z.array(z.string()),
});

export const riskContract = {
  /** Names that quasi-identifiers are made of. Errors: `input` for an empty case. */
  columns: procedure.output(z.object({ events: z.array(z.string()), features: z.array(z.string()) })),
  /**
   * Starts a job that assesses the open case and ranks its actors anew for the first `measured` suggestions, which takes as
   * long as that many rankings. Journalled. Errors: `usage` without a case or while another job runs.
   */
  assess: procedure
    .input(
      z.object({
        quasi: z.array(columnName).min(1).max(16),
        sensitive: z.array(columnName).max(16).optional(),
        k: z.int().min(2).max(1e6).optional(),
        threshold: z.number().gt(0).max(1).optional(),
        samplingFraction: z.number().gt(0).max(1).optional(),
        measured: z.int().min(0).max(50).optional(),
      }),
    )
    .output(z.object({ job: z.string() })),
  /** What the last assessment of the open case that ran to its end found, and by which job; null before the first. */
  lastAssessed: procedure.output(z.object({ job: z.string(), report: riskReport }).nullable()),
};

export type RiskPolicy = z.infer<typeof riskPolicy>;
export type RiskPoint = z.infer<typeof riskPoint>;
export type RiskReportData = z.infer<typeof riskReport>;
