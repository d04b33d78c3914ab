import { z } from 'zod';
import { actorToken, arrowTable, grantId, procedure, time } from './common.ts';
import { verdict } from './decisions.ts';
import { calibrationInfo, ensembleInfo, feedbackInfo, reliability, review, story, twinGroup } from './findings.ts';

/** Whom to look at: every part that is given narrows the choice. */
const actorFilter = z.object({
  /** Did anything in [from, to). */
  from: time.optional(),
  to: time.optional(),
  scoreFrom: z.number().optional(),
  scoreTo: z.number().optional(),
  evidence: z.enum(['ok', 'insufficient']).optional(),
  /** `none`: not decided yet. */
  verdicts: z.array(z.union([verdict, z.literal('none')])).optional(),
  /** Has one of these features among the top reasons. */
  reasons: z.array(z.string()).optional(),
  /** Did one of these. */
  actions: z.array(z.string()).optional(),
  /** The pseudonym contains it, whatever the case of its letters. */
  search: z.string().max(64).optional(),
  /** One of these: a list somebody made, such as the hits of a rule to look at. */
  actors: z.array(actorToken).min(1).max(1000).optional(),
  /** Belongs to this group of twins. */
  group: z.number().int().min(0).optional(),
  /** The run whose group that is: in another run nobody belongs to it. The present run when left out. */
  groupRun: z.string().optional(),
  /** Passes at this false-discovery rate. */
  falseDiscoveryRate: z.number().min(0).max(1).optional(),
});

/** `rank`, `events`, `lastSeen`, `feedback` (the order the verdicts make), or the name of a detector. */
const queueSort = z.object({ by: z.string(), descending: z.boolean() });

/** How the queue on screen was made. */
const runInfo = z.object({
  id: z.string(),
  createdAt: time,
  version: z.string(),
  seed: z.number(),
  detectors: z.array(z.string()),
  backend: z.string().nullable(),
  minEvents: z.number(),
  elapsedMs: z.number(),
  features: z.array(z.object({ name: z.string(), label: z.string(), sentence: z.string(), unit: z.string() })),
  dropped: z.array(z.object({ name: z.string(), reason: z.string() })),
  warnings: z.array(z.string()),
  inputs: z.array(
    z.object({
      name: z.string(),
      sha256: z.string(),
      rows: z.number(),
      stored: z.number(),
      quarantined: z.number(),
    }),
  ),
  actors: z.number(),
  /** Actors with enough events to be ranked. */
  ranked: z.number(),
  /** Whole span of the events; null where they carry no time. */
  span: z.object({ from: time, to: time }).nullable(),
  /** Actions by frequency, the most frequent first (up to 50). */
  actions: z.array(z.object({ action: z.string(), events: z.number() })),
  /** Lowest and highest score among the ranked. */
  scores: z.object({ low: z.number(), high: z.number() }),
  /** Null in runs made before there was any. */
  ensemble: ensembleInfo.nullable(),
  calibration: calibrationInfo.nullable(),
  /** Groups of twins. */
  groups: z.number(),
  /** The latest re-ranking of this run by verdicts; null without one. */
  feedback: feedbackInfo.nullable(),
});

/** Events of one actor: within a time, of some actions. */
const eventChoice = z.object({
  actor: actorToken,
  from: time.optional(),
  to: time.optional(),
  actions: z.array(z.string()).optional(),
});

const reason = z.object({
  feature: z.string(),
  /** A few words for a chip or an axis. */
  label: z.string(),
  unit: z.string(),
  value: z.number().nullable(),
  typical: z.number().nullable(),
  /** 0–100 among the peers. */
  percentile: z.number().nullable(),
  /** Share of the score; negative speaks for the actor. */
  contribution: z.number(),
  sentence: z.string(),
  /** `value` and `typical` as people write them. */
  shownValue: z.string(),
  shownTypical: z.string(),
});

const actorDetail = z.object({
  actor: z.string(),
  rank: z.number(),
  score: z.number(),
  percentile: z.number(),
  pValue: z.number().nullable(),
  /** Lowest false-discovery rate at which the actor passes. */
  qValue: z.number().nullable(),
  /** −log10 of the share of actors as odd, and of the chance to be as alike; null where nothing says so. */
  odd: z.number().nullable(),
  alike: z.number().nullable(),
  evidence: z.enum(['ok', 'insufficient']),
  events: z.number(),
  firstSeen: time.nullable(),
  lastSeen: time.nullable(),
  /** Each detector's own score, and its percentile among the ranked. */
  detectors: z.array(z.object({ name: z.string(), score: z.number(), percentile: z.number() })),
  reasons: z.array(reason),
  /** Null where none was made. */
  story: story.nullable(),
  /** The groups of twins it belongs to, the least likely first. */
  groups: z.array(twinGroup),
  /** Place in the order that the verdicts make, and why it moved there; null without a re-ranking. */
  feedback: z.object({ rank: z.number(), why: z.string().nullable() }).nullable(),
  /** What was done, the most frequent first (up to 20). */
  actions: z.array(z.object({ action: z.string(), events: z.number() })),
  /** Of each origin column that the case holds (ip, device_id, user_agent, country …): how many, and the most frequent. */
  origins: z.array(
    z.object({
      column: z.string(),
      distinct: z.number(),
      top: z.array(z.object({ value: z.string(), events: z.number(), actors: z.number() })),
    }),
  ),
  decision: z.object({ verdict, kind: z.string().nullable(), note: z.string().nullable(), decidedAt: time }).nullable(),
});

const bins = z.number().int().min(1).max(2000);
const page = { offset: z.number().int().min(0), limit: z.number().int().min(1).max(1000) };

export const exploreContract = {
  /** How the present queue was made. Errors: `usage` without a case; null before the first run. */
  run: procedure.output(runInfo.nullable()),
  /**
   * A page of the queue. Columns: rank int32 · actor utf8 · score, percentile, pValue, qValue float64 · lead utf8 (`odd` or `alike`) · evidence utf8 ·
   * events int32 · firstSeen, lastSeen float64 (ms) · verdict, kind utf8 or null · hasNote bool · twins int32 (the others in its least likely group) · group int32
   * (that group's place, −1 without one) · reasons utf8 (JSON: the top three, as `{feature, label, shownValue, percentile, high}`) · spark fixed-size list of 24 uint16 (events over the whole span) ·
   * one float64 percentile `detector:NAME` each.
   */
  queue: procedure
    .input(z.object({ filter: actorFilter, sort: queueSort, ...page }))
    .output(z.object({ total: z.number(), of: z.number(), table: arrowTable })),
  /**
   * All the actors that the filter leaves, in this order, as CSV: rank,actor,score,percentile,p_value,q_value,evidence,events,
   * first_seen,last_seen,verdict,kind,reasons — to the granted place, or returned where none is given. Journalled.
   */
  exportCsv: procedure
    .input(z.object({ filter: actorFilter, sort: queueSort, to: grantId.optional() }))
    .output(z.object({ rows: z.number(), file: arrowTable.nullable() })),
  /**
   * The actor's events, oldest first: actor_id, then their columns, times in ISO 8601 — to the granted place, or returned where
   * none is given. Journalled. Errors: `input` for more than a million.
   */
  exportEventsCsv: procedure
    .input(z.object({ events: eventChoice, to: grantId.optional() }))
    .output(z.object({ rows: z.number(), file: arrowTable.nullable() })),
  /** Place (0-based) of an actor in the queue under filter and sort; null when it is not in it. */
  locate: procedure
    .input(z.object({ actor: actorToken, filter: actorFilter, sort: queueSort }))
    .output(z.object({ index: z.number().nullable() })),
  /** Events per time bin of [from, to): of everybody, and of those the filter leaves. */
  timeline: procedure
    .input(z.object({ filter: actorFilter, from: time, to: time, bins }))
    .output(z.object({ all: z.array(z.number()), filtered: z.array(z.number()) })),
  /** Events per actor and time bin. Columns: actor utf8 · counts fixed-size list of uint32, one row per actor asked for, in that order. */
  lanes: procedure
    .input(z.object({ actors: z.array(actorToken).min(1).max(500), from: time, to: time, bins }))
    .output(z.object({ table: arrowTable })),
  /** Actors per score bin, by verdict, of those the filter leaves (its score bounds do not count here). `detector`: `ensemble` or a name. */
  histogram: procedure
    .input(z.object({ filter: actorFilter, detector: z.string(), bins: z.number().int().min(1).max(500) }))
    .output(
      z.object({
        /** bins + 1 edges. */
        edges: z.array(z.number()),
        abuse: z.array(z.number()),
        benign: z.array(z.number()),
        unsure: z.array(z.number()),
        none: z.array(z.number()),
      }),
    ),
  /** What a cut of the queue would mean, by size of the queue: the twin of the histogram. Intervals: Wilson 95 %. */
  operatingPoints: procedure.input(z.object({ filter: actorFilter })).output(
    z.array(
      z.object({
        queue: z.number(),
        score: z.number(),
        /** Of the ranked. */
        share: z.number(),
        /** Benjamini–Hochberg estimate from the p-values: share of the queue expected by chance; null where the p-values do not come from held-out actors. */
        falseDiscoveryRate: z.number().nullable(),
        abuse: z.number(),
        benign: z.number(),
        precision: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
      }),
    ),
  ),
  /** Groups of twins of the run, the least likely first. */
  groups: procedure.output(z.array(twinGroup)),
  /**
   * How many to review at a false-discovery rate. Verdicts of benign, twenty or more, are what the p-values are measured
   * against; without, what the run knew. Errors: `usage` before the first run.
   */
  review: procedure.input(z.object({ target: z.number().gt(0).max(1) })).output(review),
  /** Claimed false-discovery rates of decided actors beside what the verdicts say. */
  reliability: procedure.output(reliability),
  /** All about one actor. Errors: `input` for one the run does not know. */
  actor: procedure.input(z.object({ actor: actorToken })).output(actorDetail),
  /**
   * The actor's events by action and time bin, over what others do: `peers` is the median and the 90th percentile, per
   * bin, of the ranked actors who did anything in it. Actions beyond the eight most frequent are `other`.
   */
  actorTimeline: procedure.input(z.object({ actor: actorToken, from: time, to: time, bins })).output(
    z.object({
      actions: z.array(z.object({ action: z.string(), counts: z.array(z.number()) })),
      peers: z.object({ median: z.array(z.number()), p90: z.array(z.number()) }),
    }),
  ),
  /** The actor's events, oldest first. `columns` names the table's columns; times are float64 (ms), all else as stored. */
  actorEvents: procedure
    .input(eventChoice.extend(page))
    .output(z.object({ total: z.number(), columns: z.array(z.string()), table: arrowTable })),
};

export type ActorFilter = z.infer<typeof actorFilter>;
export type QueueSort = z.infer<typeof queueSort>;
export type RunInfo = z.infer<typeof runInfo>;
export type Reason = z.infer<typeof reason>;
export type ActorDetail = z.infer<typeof actorDetail>;
