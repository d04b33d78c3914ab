import { z } from 'zod';
import { actorToken, arrowTable, grantId, procedure, time } from './common.ts';
import { undoState, verdict } from './decisions.ts';
import { backtestReport, ruleCandidate } from './rules-findings.ts';

/** `draft`: being written. `shadow`: runs elsewhere without effect. `live`: runs elsewhere. `retired`: no more. */
const ruleState = z.enum(['draft', 'shadow', 'live', 'retired']);

const ruleId = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);
const version = z.int().min(1);
/** One version of a rule. */
const ruleVersion = z.object({ id: ruleId, version });
/** The text form; a file may hold several rules. */
const ruleText = z.string().max(1_000_000);

/** Events of one actor that a rule is to catch: within a time, of some actions. */
export const ruleEvents = z.object({
  actor: actorToken,
  from: time.optional(),
  to: time.optional(),
  actions: z.array(z.string()).max(100).optional(),
});

/** Where a search for rules starts. `group`: a group of twins, by its place in `run`; in the present one when that is left out. */
const suggestFrom = z.union([
  z.literal('verdicts'),
  z.object({ actors: z.array(actorToken).min(1).max(10_000) }),
  z.object({ group: z.int().min(0), run: z.string().optional() }),
  z.object({ events: ruleEvents }),
]);

const ruleDiagnostic = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  hint: z.string(),
  /** In UTF-16 units of the text; line and column count from 1. */
  from: z.number(),
  length: z.number(),
  line: z.number(),
  column: z.number(),
});

/** `title`: what undo calls it, its verb first. */
const ruleStep = z.object({
  at: time,
  event: z.enum(['save', 'state', 'remove', 'undo', 'redo']),
  title: z.string(),
});

/** A saved rule, as its latest version stands. */
const ruleListing = z.object({
  id: ruleId,
  title: z.string(),
  state: ruleState,
  severity: z.enum(['informational', 'low', 'medium', 'high', 'critical']),
  version,
  /** How many there are. */
  versions: z.number(),
  author: z.string(),
  /** `YYYY-MM-DD`; null: never. */
  expires: z.string().nullable(),
  savedAt: time,
  over: z.enum(['actors', 'events']),
  words: z.string(),
  /** What the case has against it, as sentences. */
  warnings: z.array(z.string()),
});

const savedRule = z.object({
  id: ruleId,
  title: z.string(),
  text: z.string(),
  state: ruleState,
  version,
  /** The newest first. */
  versions: z.array(z.object({ version, savedAt: time, note: z.string(), author: z.string(), state: ruleState })),
  words: z.string(),
  diagnostics: z.array(ruleDiagnostic),
});

const dayHits = z.array(z.object({ day: z.string(), hits: z.number() }));

/** What a rule would hit, while it is being written. */
const ruleImpact = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('measured'),
    /**
     * Null where everything was counted. Otherwise the counts are estimates from all events of so many `actors`, one in `oneIn`,
     * and the number of actors hit lies between `low` and `high` (95 %).
     */
    sample: z.object({ oneIn: z.number(), actors: z.number(), low: z.number(), high: z.number() }).nullable(),
    hits: z.number(),
    actors: z.number(),
    /** UTC days with a hit. */
    perDay: dayHits,
    abuse: z.number(),
    benign: z.number(),
    unsure: z.number(),
    undecided: z.number(),
    /** Up to 20, those with the most hits first; `at` is the first hit, null for a rule over actors. */
    examples: z.array(
      z.object({ actor: z.string(), hits: z.number(), at: time.nullable(), verdict: verdict.nullable() }),
    ),
  }),
  /** It would take too long between two keystrokes: `startBacktest` measures it. */
  z.object({ kind: z.literal('needs-run'), why: z.string() }),
  /** The text has errors, which `check` tells. */
  z.object({ kind: z.literal('faulty') }),
]);

const rulesOverlap = z.object({
  /** In the order of the matrices. */
  rules: z.array(z.object({ id: ruleId, title: z.string(), actors: z.number(), perDay: dayHits })),
  /** Actors that both hit, row by row. */
  shared: z.array(z.array(z.number())),
  /** Shared over those that either hits; null where neither hits anybody. */
  jaccard: z.array(z.array(z.number().nullable())),
});

const ruleHit = z.object({
  rule: ruleId,
  /** Null where the rule does not group by actor. */
  actor: z.string().nullable(),
  /** Values of `for each`, in its order; the actor for a rule over actors. */
  group: z.array(z.string()),
  /** Null for a rule over actors. */
  at: time.nullable(),
  verdict: verdict.nullable(),
});

const ruleDiff = z.object({
  lines: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
  /** Actors whom the newer text hits and the older does not, and the reverse; null where that takes a run. */
  hits: z.object({ gained: z.number(), lost: z.number(), kept: z.number() }).nullable(),
});

/** Something a rule would give away of single actors if it left. */
const ruleLeak = z.object({ rule: ruleId, code: z.string(), message: z.string(), hint: z.string() });

const rulesPreview = z.object({
  files: z.array(z.object({ name: z.string(), text: z.string() })),
  /** Where the target says less than the rule, in words, by rule. */
  differences: z.array(z.object({ rule: ruleId, differences: z.array(z.string()) })),
  /** Rules that the target cannot say. */
  refused: z.array(z.object({ rule: ruleId, reasons: z.array(z.string()) })),
  /** While there is one, `export` refuses. */
  leaks: z.array(ruleLeak),
});

/** What leaves, for whom, and how columns are called there. */
const exported = {
  ids: z.array(ruleId).min(1).max(1000),
  target: z.string().max(64),
  /** Table or source of events, and table of features, in the target. */
  events: z.string().max(200).optional(),
  features: z.string().max(200).optional(),
  /** Names in the target of our event columns. */
  fields: z.record(z.string().max(200), z.string().min(1).max(200)).optional(),
};

const job = z.object({ job: z.string() });
const undone = undoState.extend({ done: z.string().nullable() });

export const rulesContract = {
  /** Saved rules, by id. */
  list: procedure.output(z.array(ruleListing)),
  /** One version, the latest where none is named. Errors: `input` for one that is not there. */
  get: procedure.input(z.object({ id: ruleId, version: version.optional() })).output(savedRule),
  /** Everything wrong with a text, and what its rules say in words; words only for a text without errors. */
  check: procedure.input(z.object({ text: ruleText })).output(
    z.object({
      diagnostics: z.array(ruleDiagnostic),
      rules: z.array(z.object({ id: ruleId, title: z.string(), words: z.string() })),
    }),
  ),
  /** What can stand at `offset`; choosing an option replaces the text from `from` to `offset`. */
  complete: procedure.input(z.object({ text: ruleText, offset: z.int().min(0) })).output(
    z.object({
      from: z.number(),
      options: z.array(z.object({ label: z.string(), insert: z.string(), detail: z.string() })),
    }),
  ),
  /** Columns of events that carry data, and features of the latest run. */
  vocabulary: procedure.output(
    z.object({
      columns: z.array(z.object({ name: z.string(), type: z.enum(['text', 'number']) })),
      features: z.array(z.object({ name: z.string(), unit: z.string(), sentence: z.string() })),
    }),
  ),
  /**
   * Saves every rule of the text as a new draft version. `replaces` names what was edited; the text then holds one rule, and
   * another id renames it. Errors: `input` for a text with errors, for an id that is taken where nothing is replaced,
   * and where a newer version was saved meanwhile, which it names.
   */
  save: procedure
    .input(
      z.object({ text: ruleText, note: z.string().trim().max(2000).default(''), replaces: ruleVersion.nullable() }),
    )
    .output(undoState.extend({ saved: z.array(ruleVersion) })),
  /** Of the latest version unless one is named. A version that goes live retires the one that was. */
  setState: procedure.input(z.object({ id: ruleId, state: ruleState, version: version.optional() })).output(undoState),
  /** Takes a rule with all its versions off the list; undo brings it back. */
  remove: procedure.input(z.object({ id: ruleId })).output(undoState),
  undo: procedure.output(undone),
  redo: procedure.output(undone),
  /** Every step, the newest first. */
  history: procedure.output(
    undoState.extend({
      steps: z.array(ruleStep),
    }),
  ),
  /**
   * Starts a job that runs the rules of a text over the whole case. `against`: a saved version whose hits are compared.
   * `target`: an exporter, whose reading of each rule is measured too. `by`: event columns of subgroups. Errors: `input`
   * for a text with errors, `usage` while another job runs.
   */
  startBacktest: procedure
    .input(
      z.object({
        text: ruleText,
        against: ruleVersion.optional(),
        target: z.string().max(64).optional(),
        by: z.array(z.string().max(200)).max(8).optional(),
        /** `verdicts` of the case, or a granted file. */
        labels: z.union([z.literal('verdicts'), z.object({ grant: grantId })]).default('verdicts'),
      }),
    )
    .output(job),
  /** What the last backtest of the open case found, by which job, and of which text; null before the first. */
  lastBacktest: procedure.output(z.object({ job: z.string(), text: z.string(), report: backtestReport }).nullable()),
  /** What the rules of a text hit, taken together; it takes about a second at most. */
  impact: procedure.input(z.object({ text: ruleText })).output(ruleImpact),
  /**
   * Starts a job that looks for rules that tell these actors, or events, from all others. `group`: a group of twins, by its place.
   * `target`: only rules of actors that it can say.
   */
  startSuggest: procedure.input(z.object({ from: suggestFrom, target: z.string().max(64).optional() })).output(job),
  /** What the last search in the open case found; null before the first. */
  lastSuggested: procedure.output(
    z
      .object({
        job: z.string(),
        from: suggestFrom,
        target: z.string().nullable(),
        candidates: z.array(ruleCandidate),
        notes: z.array(z.string()),
      })
      .nullable(),
  ),
  /** How far saved rules hit the same actors. */
  overlap: procedure.input(z.object({ ids: z.array(ruleId).min(1).max(100) })).output(rulesOverlap),
  /** A page of the hits of a text's rules, by rule, time and group. */
  hits: procedure
    .input(z.object({ text: ruleText, offset: z.int().min(0), limit: z.int().min(1).max(1000) }))
    .output(z.object({ total: z.number(), rows: z.array(ruleHit) })),
  /** Draws hit actors without a verdict, at random: as a filter's `actors` they make a queue to decide about. */
  review: procedure
    .input(z.object({ text: ruleText, most: z.int().min(1).max(1000) }))
    .output(z.object({ actors: z.array(z.string()), of: z.number() })),
  /** Two versions line by line, and what changes in whom they hit. */
  diff: procedure.input(z.object({ id: ruleId, from: version, to: version })).output(ruleDiff),
  /** What rules can be exported to. */
  targets: procedure.output(
    z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        sentence: z.string(),
        /** Whether it can say some of the rules that are suggested for actors. */
        saysSuggested: z.boolean(),
      }),
    ),
  ),
  /** What an export would write, and what stands in its way. Nothing is written. */
  preview: procedure.input(z.object(exported)).output(rulesPreview),
  /**
   * Writes the files into a granted folder, or returns them as one ZIP (by `fflate`) where none is given: a browser has no folders
   * to grant. Journalled. Errors: `input` while a rule leaks or the target refuses one, with the reasons.
   */
  export: procedure
    .input(z.object({ ...exported, to: grantId.optional() }))
    .output(z.object({ files: z.array(z.string()), zip: arrowTable.nullable() })),
};

export type SuggestFrom = z.infer<typeof suggestFrom>;
export type RuleEvents = z.infer<typeof ruleEvents>;
export type RuleStep = z.infer<typeof ruleStep>;
export type RuleState = z.infer<typeof ruleState>;
export type RuleVersion = z.infer<typeof ruleVersion>;
export type RuleDiagnostic = z.infer<typeof ruleDiagnostic>;
export type RuleListing = z.infer<typeof ruleListing>;
export type SavedRule = z.infer<typeof savedRule>;
export type RuleImpact = z.infer<typeof ruleImpact>;
export type RulesOverlap = z.infer<typeof rulesOverlap>;
export type RuleDiff = z.infer<typeof ruleDiff>;
export type RulesPreview = z.infer<typeof rulesPreview>;
