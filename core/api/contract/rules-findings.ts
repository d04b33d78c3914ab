import { z } from 'zod';
import { time } from './common.ts';

/** A share or ratio with its 95 % interval; all null where nothing can be said. */
const measured = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

/** Actors by what is known of them. */
const actorsByLabel = z.object({ abuse: z.number(), benign: z.number(), unlabelled: z.number() });

/** What labels say of the actors a rule hits. Precision, recall and false-positive rate: Wilson 95 %; F1: bootstrap. */
const ruleQuality = z.object({
  truePositives: z.number(),
  falsePositives: z.number(),
  falseNegatives: z.number(),
  trueNegatives: z.number(),
  /** Hit actors without a label. */
  unlabelled: z.number(),
  precision: measured,
  recall: measured,
  f1: measured,
  falsePositiveRate: measured,
});

/** A column's values of at least k actors each, and how differently the rule treats them. */
const ruleSubgroups = z.object({
  column: z.string(),
  groups: z.array(
    z.object({
      value: z.string(),
      actors: z.number(),
      hitRate: measured,
      /** Of the benign in it. */
      falsePositiveRate: measured,
      /** Its hit rate over that of everybody else. */
      ratio: measured,
    }),
  ),
  /** Lowest over highest false-positive rate among the groups (hit rate where there are no labels); null below two groups. */
  fairness: z
    .object({
      of: z.enum(['falsePositiveRate', 'hitRate']),
      lowest: z.string(),
      highest: z.string(),
      ratio: measured,
    })
    .nullable(),
  /** Actors in groups too small to be shown, or without a value. */
  leftOut: z.number(),
});

/** Actors whom one of two rules hits and the other does not. */
const ruleChange = z.object({ gained: actorsByLabel, lost: actorsByLabel, kept: actorsByLabel });

const backtestedRule = z.object({
  rule: z.string(),
  title: z.string(),
  words: z.string(),
  /** Pairs of a group and a moment; for a rule over actors, actors. */
  hits: z.number(),
  /** Different actors hit. */
  actors: z.number(),
  quality: ruleQuality,
  /** The same on the later labelled actors, whom a search for rules from these labels holds out; null where it parts them otherwise. */
  later: ruleQuality.nullable(),
  /** UTC days from the first to the last event; empty for a rule over actors. */
  perDay: z.array(z.object({ day: z.string(), hits: z.number(), actors: z.number() })),
  /** Weeks from Monday, by their first day. */
  perWeek: z.array(
    z.object({ week: z.string(), hits: z.number(), actors: z.number(), labels: actorsByLabel, precision: measured }),
  ),
  subgroups: z.array(ruleSubgroups),
  /** Saved rules that hit some of the same actors, the most alike first. */
  overlap: z.array(
    z.object({
      rule: z.string(),
      actors: z.number(),
      shared: z.number(),
      jaccard: z.number(),
      /** Actors that this rule hits and that one does not. */
      adds: z.number(),
    }),
  ),
  /** Against the version asked for; null where none was, or it has no such rule. */
  change: ruleChange.nullable(),
  /** The rule as the target runs it; null where no target was asked for. */
  target: z
    .object({
      name: z.string(),
      title: z.string(),
      kind: z.enum(['whole', 'narrowed', 'refused']),
      differences: z.array(z.string()),
      reasons: z.array(z.string()),
      /** Measured: what the narrowing costs. Null unless narrowed. */
      narrowed: z.object({ hits: z.number(), actors: z.number(), quality: ruleQuality, change: ruleChange }).nullable(),
    })
    .nullable(),
  /** Hit actors without a label, drawn at random: worth a look. */
  toReview: z.array(z.string()),
});

export const backtestReport = z.object({
  /** The day the rules were run as on. */
  day: z.string(),
  events: z.number(),
  actors: z.number(),
  span: z.object({ from: time, to: time }).nullable(),
  /** Actors with a label, and where the labels come from. */
  labels: z.object({ from: z.enum(['verdicts', 'file', 'none']), abuse: z.number(), benign: z.number() }),
  rules: z.array(backtestedRule),
  /** Actors hit by any of them. */
  together: z.object({ actors: z.number(), quality: ruleQuality, later: ruleQuality.nullable() }),
  seed: z.number(),
  elapsedMs: z.number(),
  notes: z.array(z.string()),
});

/** A rule somebody could start from. */
export const ruleCandidate = z.object({
  text: z.string(),
  words: z.string(),
  /** What it is measured in: a rule of chosen events is counted in events, all others in actors. */
  unit: z.enum(['actors', 'events']),
  training: z.object({ precision: z.number(), recall: z.number(), f1: z.number(), hits: z.number() }),
  /** On actors the search did not see; null where there were too few. */
  holdOut: z.object({ precision: measured, recall: measured, f1: measured, hits: z.number() }).nullable(),
  notes: z.array(z.string()),
});

export type Measured = z.infer<typeof measured>;
export type RuleQuality = z.infer<typeof ruleQuality>;
export type RuleSubgroups = z.infer<typeof ruleSubgroups>;
export type RuleChange = z.infer<typeof ruleChange>;
export type BacktestedRule = z.infer<typeof backtestedRule>;
export type BacktestReport = z.infer<typeof backtestReport>;
export type RuleCandidate = z.infer<typeof ruleCandidate>;
