import { z } from 'zod';

import { dayMicros, durationMicros } from '../duration.ts';
import { COMPARISONS, RULES_FORMAT, RULES_VERSION, SEVERITIES, type EventFilter, type RuleFile } from '../schema.ts';
import { ID, LIMITS } from './limits.ts';

const name = (what: string) => z.string().min(1).max(LIMITS.name).describe(what);
const text = (most: number, what: string) => z.string().max(most).describe(what);
const said = (most: number, what: string) => z.string().min(1).max(most).describe(what);
const number = (what: string) =>
  z
    .number()
    .overwrite((x) => (x === 0 ? 0 : x)) // −0 is 0
    .describe(what);
const op = z.enum(COMPARISONS).describe('How the value is compared.');
const threshold = number('What it is compared with.');

const day = (what: string) =>
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .refine((each) => dayMicros(each) !== undefined, 'There is no such day.')
    .describe(what);
const duration = (what: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,8}[smhd]$/)
    .refine((each) => durationMicros(each) !== undefined, 'A length of time has at most 366 days.')
    .describe(`${what} A whole number and s, m, h or d: 90s, 10m, 1h, 30d; at most 366 days.`);

const leaf = z.discriminatedUnion('op', [
  z.strictObject({
    column: name('An event column.'),
    op: z.literal('='),
    value: z.union([text(LIMITS.value, 'A text.'), number('A number.')]).describe('The value it must have.'),
  }),
  z.strictObject({
    column: name('A text column.'),
    op: z.literal('in'),
    values: z.array(text(LIMITS.value, 'A text.')).max(LIMITS.values).describe('The values it may have.'),
  }),
  ...(['<', '<=', '>', '>='] as const).map((each) =>
    z.strictObject({ column: name('A number column.'), op: z.literal(each), value: threshold }),
  ),
  z.strictObject({ column: name('An event column.'), op: z.literal('present') }),
]);

/** Depth and number of leaves are checked by `readRuleFile`. */
const filter: z.ZodType<EventFilter> = z
  .lazy(() =>
    z.union([
      z.strictObject({ all: z.array(filter).min(2).max(LIMITS.leaves).describe('All hold.') }),
      z.strictObject({ any: z.array(filter).min(2).max(LIMITS.leaves).describe('At least one holds.') }),
      z.strictObject({ not: filter }),
      leaf,
    ]),
  )
  .meta({
    id: 'filter',
    title: 'Filter',
    description: 'A condition on one event. Comparing a missing value is false; not is the plain opposite.',
  });
const where = filter.nullable().describe('Which events count; null: all that the rule sees.');

const feature = z.strictObject({
  kind: z.literal('feature'),
  feature: name('A feature of the actor over the whole log.'),
  op,
  value: threshold,
  unit: text(LIMITS.unit, "The feature's own unit."),
});
const percentile = z.strictObject({
  kind: z.literal('percentile'),
  feature: name('A feature of the actor over the whole log.'),
  op,
  value: number('0 to 100: of the actors with a value, the percentage whose value is lower.'),
});
const featureCondition = z
  .discriminatedUnion('kind', [feature, percentile])
  .meta({ id: 'featureCondition', title: 'Condition on an actor' });

const condition = z
  .discriminatedUnion('kind', [
    feature,
    percentile,
    z.strictObject({ kind: z.literal('count'), where, op, value: threshold }),
    z.strictObject({ kind: z.literal('distinct'), column: name('A text column.'), where, op, value: threshold }),
    z.strictObject({
      kind: z.literal('sum'),
      column: name('A number column.'),
      where,
      decimals: z.int().min(0).max(LIMITS.decimals).describe('Amounts are added in steps of 10^-decimals.'),
      unit: text(LIMITS.unit, 'The unit of the amount, in words.'),
      op,
      value: threshold,
    }),
    z.strictObject({
      kind: z.literal('ratio'),
      of: filter,
      among: filter.nullable().describe('Of which events it is the share; null: all that the rule sees.'),
      op,
      value: number('0 to 1.'),
    }),
    z.strictObject({
      kind: z.literal('sequence'),
      steps: z.array(filter).min(LIMITS.fewestSteps).max(LIMITS.steps).describe('Each later than the one before.'),
    }),
    z.strictObject({
      kind: z.literal('firstSeen'),
      column: name('A text column.'),
      lookback: duration('How far back a value counts as known.'),
      where,
      op,
      value: threshold,
    }),
  ])
  .meta({ id: 'condition', title: 'Condition on a window' });

const window = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('event') }).describe("The group's events of one timestamp."),
    z
      .strictObject({ kind: z.literal('sliding'), length: duration('The length of the window.') })
      .describe('(t - length, t], at each t at which the group has an event.'),
    z
      .strictObject({ kind: z.literal('tumbling'), length: duration('The length of the window.') })
      .describe('[n * length, (n + 1) * length) since 1970 UTC.'),
  ])
  .meta({ id: 'window', title: 'Window' });

const exclusion = {
  owner: said(LIMITS.title, 'Who answers for it.'),
  reason: said(LIMITS.words, 'Why it is left out.'),
  ends: day('From the start of this day (UTC) on it excludes nothing.'),
};

const common = {
  id: z.string().regex(ID).describe('The name of the rule, unique in its file.'),
  title: said(LIMITS.title, 'What it finds, in a few words.'),
  intent: text(LIMITS.words, 'Which abuse it is about; empty when nobody said.'),
  author: text(LIMITS.title, 'Who wrote it.'),
  severity: z.enum(SEVERITIES).describe('The levels of Sigma.'),
  effect: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('review') }),
      z.strictObject({ kind: z.literal('alert') }),
      z.strictObject({ kind: z.literal('label'), label: z.string().regex(ID).describe('Put on the actor.') }),
    ])
    .describe('What another system should do with a hit.'),
  expires: day('From the start of this day (UTC) on it does not fire.').nullable(),
  falsePositives: z
    .array(said(LIMITS.title, 'In words.'))
    .max(LIMITS.falsePositives)
    .describe('What it is known to hit wrongly.'),
};

const conditions = <T extends z.ZodType>(each: T) =>
  z.array(each).min(1).max(LIMITS.conditions).describe('All must hold.');

const rule = z
  .discriminatedUnion('over', [
    z.strictObject({
      ...common,
      over: z.literal('actors'),
      when: conditions(featureCondition),
      exclusions: z
        .array(z.strictObject({ when: conditions(featureCondition), ...exclusion }))
        .max(LIMITS.exclusions)
        .describe('Actors that are not hit.'),
    }),
    z.strictObject({
      ...common,
      over: z.literal('events'),
      groupBy: z
        .array(name('A text column.'))
        .min(1)
        .max(LIMITS.groupBy)
        .describe('An event that misses one of them is not seen.'),
      where: filter.nullable().describe('Which events the rule sees; null: all.'),
      window,
      when: conditions(condition),
      exclusions: z
        .array(z.strictObject({ where: filter, ...exclusion }))
        .max(LIMITS.exclusions)
        .describe('Events that do not exist for the rule.'),
    }),
  ])
  .meta({ id: 'rule', title: 'Rule', description: 'Over the features of actors, or over their events in time.' });

/** A file of rules, as JSON. */
export const ruleFileShape: z.ZodType<RuleFile> = z
  .strictObject({
    format: z.literal(RULES_FORMAT),
    version: z.literal(RULES_VERSION),
    rules: z.array(rule).max(LIMITS.rules),
  })
  .meta({ title: 'Nightjar rules', description: 'Candidate rules. What they mean is in docs/rules.md.' });
