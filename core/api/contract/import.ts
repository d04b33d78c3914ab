import { z } from 'zod';
import { arrowTable, errorDetail, grantId, procedure } from './common.ts';

/** What happens to one column on its way in; the same as `ColumnPolicy` of the engine. */
const columnPolicy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pseudonymise') }),
  z.object({
    kind: z.literal('generalise'),
    how: z.discriminatedUnion('to', [
      z.object({ to: z.literal('network') }),
      z.object({ to: z.literal('prefix-preserving') }),
      z.object({ to: z.enum(['minute', 'hour', 'day']) }),
      z.object({ to: z.literal('bins'), width: z.number().positive() }),
      z.object({ to: z.literal('categories'), values: z.array(z.string().max(200)).max(1000) }),
    ]),
  }),
  z.object({ kind: z.literal('features-only') }),
  z.object({ kind: z.literal('bucket') }),
  z.object({ kind: z.literal('keep'), guarded: z.boolean() }),
  z.object({ kind: z.literal('drop') }),
]);

/** How files are to be understood. What is left out is proposed. */
export const importOptions = z.object({
  preset: z.string().optional(),
  /**
   * Event column ← source fields, joined by a space. Only what the user changed is needed; for all else the proposal
   * stands. A rule that names fields of a preset's records changes the preset; of JSON records, a rule that names other
   * fields (dotted paths of the raw record) takes the preset's place. To leave a proposed field out: the policy `drop`.
   */
  map: z.array(z.object({ column: z.string().max(64), fields: z.array(z.string().max(500)).min(1) })).optional(),
  /** By source field. */
  policy: z.record(z.string().max(500), columnPolicy).optional(),
  /** Of times that carry none: an IANA name or ±hh:mm. */
  timeZone: z.string().max(64).optional(),
  /** Of times that carry none. */
  year: z.number().int().min(1970).max(2200).optional(),
});

/** One field of the source: what it looks like, what it becomes and what that does to a value. */
const inspectedField = z.object({
  field: z.string(),
  /** What its values are like, such as `email`, `ip`, `number`, `time`, `category`, `text`, `constant`. */
  looksLike: z.string(),
  /** How it bears on privacy. */
  privacy: z.enum(['identifier', 'quasi', 'sensitive', 'text', 'safe']),
  /** Over the sampled records: share that has a value, and how many differ. */
  filledShare: z.number(),
  distinct: z.number(),
  /** Event column it becomes (`ts`, `actor_id`, …, `m_x`, `c_x`, `b_x`, `text`); null when it is dropped. */
  column: z.string().nullable(),
  /** 0–1 where the column was proposed; null where the user said so, or nothing rates it (`m_`, `c_`, `text`). */
  confidence: z.number().nullable(),
  /** Why, as one sentence. */
  reason: z.string(),
  policy: columnPolicy,
  /** Policies that make sense for this field, to choose from. */
  choices: z.array(columnPolicy),
  /** True where the preview shows the shape of values instead of values: letters as `a`/`A`, digits as `0`. */
  masked: z.boolean(),
  /** A value as the preview shows it, and what the case will hold instead; null: nothing. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});

const inspectedFile = z.object({
  grant: grantId,
  name: z.string(),
  bytes: z.number(),
  /** Null where it cannot be read at all: see `problem`. */
  format: z
    .object({
      kind: z.string(),
      compression: z.enum(['gzip', 'none']),
      encoding: z.string(),
      delimiter: z.string().nullable(),
      hasHeader: z.boolean().nullable(),
      preset: z.string().nullable(),
      confidence: z.number(),
    })
    .nullable(),
  fields: z.array(inspectedField),
  /** Up to 200 records, a cell per field, as text; masked as `fields` says. Null is missing. */
  preview: z.array(z.array(z.string().nullable())),
  /** Estimated records in the file; null where unknown. */
  estimatedRows: z.number().nullable(),
  /** Of the sampled records, those that would go to quarantine, with why. */
  sampled: z.number(),
  /** How many of these; `rejected` names the first 200. */
  rejectedCount: z.number(),
  rejected: z.array(z.object({ line: z.number(), reason: z.string(), column: z.string().nullable() })),
  warnings: z.array(z.string()),
  /** The case holds a file with this content already: it will be skipped. */
  isImported: z.boolean(),
  /** Why it cannot be imported as it stands, such as a missing time or actor. */
  problem: z.object({ code: z.string(), message: z.string() }).extend(errorDetail.shape).nullable(),
});

export const template = z.object({
  id: z.string(),
  name: z.string(),
  options: importOptions,
  /** Fields of the file it was made for: files with these are offered it. */
  fields: z.array(z.string()),
  savedAt: z.number(),
});

const quarantinedRow = z.object({
  file: z.string(),
  line: z.number(),
  reason: z.string(),
  column: z.string().nullable(),
});

export const importContract = {
  /** What a mapping can name. */
  vocabulary: procedure.output(
    z.object({
      columns: z.array(z.object({ name: z.string(), meaning: z.string(), ecs: z.string().nullable() })),
      presets: z.array(z.object({ name: z.string(), sentence: z.string() })),
    }),
  ),
  /** Looks at granted files or folders and shows how they would be read under the options. Nothing is stored. */
  inspect: procedure
    .input(z.object({ grants: z.array(grantId).min(1).max(1000), options: importOptions.default({}) }))
    .output(z.object({ files: z.array(inspectedFile) })),
  /** What became of files imported so far. */
  files: procedure.output(
    z.array(
      z.object({
        name: z.string(),
        sha256: z.string(),
        bytes: z.number(),
        rows: z.number(),
        stored: z.number(),
        quarantined: z.number(),
        format: z.string(),
        importedAt: z.number(),
        mapping: z.record(z.string(), z.string()),
        warnings: z.array(z.string()),
      }),
    ),
  ),
  quarantine: procedure
    .input(z.object({ offset: z.number().int().min(0), limit: z.number().int().min(1).max(1000) }))
    .output(
      z.object({
        total: z.number(),
        reasons: z.array(z.object({ reason: z.string(), count: z.number() })),
        rows: z.array(quarantinedRow),
      }),
    ),
  /** All of the quarantine as CSV: written to the granted place, or returned where none is given. Journalled. */
  quarantineCsv: procedure
    .input(z.object({ to: grantId.optional() }))
    .output(z.object({ rows: z.number(), file: arrowTable.nullable() })),
  templates: procedure.output(z.array(template)),
  /** A template of that name is replaced. */
  saveTemplate: procedure.input(template.omit({ id: true, savedAt: true })).output(template),
  deleteTemplate: procedure.input(z.object({ id: z.string() })).output(z.void()),
};

export type ColumnPolicy = z.infer<typeof columnPolicy>;
export type ImportOptions = z.infer<typeof importOptions>;
export type InspectedField = z.infer<typeof inspectedField>;
export type InspectedFile = z.infer<typeof inspectedFile>;
export type ImportTemplate = z.infer<typeof template>;
