import { z } from 'zod';
import { grantId, procedure } from './common.ts';

/** An exact decimal, such as `0.1`. */
const decimal = z.string().regex(/^\d{1,40}(?:\.\d{1,40})?(?:[eE]-?\d{1,3})?$/u);
const requestId = z.string().regex(/^[0-9a-f]{32}$/u);
/** As it was written. */
const query = z.record(z.string(), z.unknown());
/** As it is asked: plain JSON, which the reader of queries checks. */
const queryAsked = z.record(z.string(), z.json());

/** A reviewer's key that the user chose; its path and its secret never cross the boundary. */
const reviewer = { key: grantId, passphrase: z.string().max(1000).optional() };

/** ε is null where a mechanism has no pure ε, and its ρ counts. */
const budgetAmount = z.object({ epsilon: z.string().nullable(), delta: z.string(), rho: z.number() });

const releaseLimit = z.object({ epsilon: z.string(), delta: z.string(), conversionDelta: z.string() });

const releaseRequest = z.object({
  id: z.string(),
  state: z.enum(['pending', 'refused', 'interrupted', 'answered']),
  askedAt: z.string(),
  asker: z.string(),
  purpose: z.string(),
  query,
  epsilon: z.string(),
  delta: z.string(),
  reason: z.string().nullable(),
  debit: z
    .object({
      at: z.string(),
      seq: z.number(),
      entry: z.string(),
      cost: budgetAmount,
      by: z.string(),
      approver: z.string(),
      alone: z.boolean(),
    })
    .nullable(),
  /** SHA-256 of the release file. */
  answer: z.string().nullable(),
});

/** One line of the ledger, and what had been spent after it. */
const ledgerLine = z.object({
  seq: z.number(),
  at: z.string(),
  event: z.string(),
  sentence: z.string(),
  request: z.string().nullable(),
  spent: budgetAmount,
  /** ε of the limit at that time; null before the first one. */
  limit: z.string().nullable(),
});

const ledgerView = z.object({
  hash: z.string(),
  /** The account that this engine runs as. */
  account: z.string(),
  keys: z.array(z.object({ name: z.string(), fingerprint: z.string() })),
  twoPersons: z.boolean(),
  limit: releaseLimit.nullable(),
  spent: budgetAmount,
  remaining: budgetAmount.nullable(),
  /** Oldest first, as are the lines. */
  requests: z.array(releaseRequest),
  lines: z.array(ledgerLine),
});

/** A column that a release may use. */
const openColumn = z.object({ name: z.string(), type: z.enum(['text', 'number', 'time']) });

/** What one noised statistic of a release will be, from public numbers only. */
const plannedStatistic = z.object({
  name: z.string(),
  meaning: z.string(),
  coordinates: z.number(),
  sensitivity: z.string(),
  noise: z.string(),
});

/** Expected absolute error by one cause, or what would have to be public or released to tell it. */
const errorPart = z.discriminatedUnion('known', [
  z.object({
    known: z.literal(true),
    from: z.number(),
    to: z.number(),
    basis: z.enum(['public', 'released', 'assumed']),
  }),
  z.object({ known: z.literal(false), needs: z.string() }),
]);

const budgetAfter = z.object({
  spent: budgetAmount,
  after: budgetAmount,
  limit: releaseLimit.nullable(),
  fits: z.boolean(),
});

/** What a file that left says of itself. */
const releasedBy = {
  request: z.string(),
  releasedAt: z.string(),
  epsilon: z.string(),
  delta: z.string(),
  statements: z.array(z.string()),
  purpose: z.string(),
  asker: z.string(),
  approver: z.string(),
  reviewer: z.string(),
  alone: z.boolean(),
};

/** Everything that can be said before anything is spent. No row is read for it. */
const releasePlan = z.object({
  /** Null where the mechanism chooses the keys. */
  groups: z.number().nullable(),
  /** Columns of the keys, and the first declared groups. */
  keys: z.array(z.string()),
  preview: z.array(z.array(z.string())),
  level: z.number(),
  statistics: z.array(plannedStatistic),
  /** A group is shown from this noised number on; null where no threshold is public. */
  threshold: z.number().nullable(),
  statements: z.array(z.string()),
  /** What a released number counts, in words that follow it. */
  unit: z.string(),
  /** Half the width of an interval, in that unit; null where it takes a size of groups, or the measure has none. */
  halfWidth: z.number().nullable(),
  /** What makes a released number differ from the true one, cause by cause. */
  error: z.array(z.object({ cause: z.string(), unit: z.string(), part: errorPart })),
  /** The width at other values of ε; no point where it cannot be told. */
  curve: z.array(z.object({ epsilon: z.number(), halfWidth: z.number() })),
  cost: budgetAmount,
  budget: budgetAfter,
});

/** A private forest as it is asked for: all of it public, declared, never read from the data. */
const forestMade = {
  features: z.array(z.object({ name: z.string(), bounds: z.array(z.number()) })),
  trees: z.number(),
  depth: z.number(),
  seed: z.number(),
};

/** Everything that can be said of a private forest before anything is spent. No row is read for it. */
const forestPlan = z.object({
  ...forestMade,
  /** Leaf counts that are noised. */
  leaves: z.number(),
  /** On each of them, and how far from the true count one is at most, at `level`. */
  noise: z.string(),
  halfWidth: z.number(),
  level: z.number(),
  statements: z.array(z.string()),
  cost: budgetAmount,
  budget: budgetAfter,
});

/** What stands in the file of a private forest, but for its trees. */
const releasedForest = z.object({
  ...forestMade,
  ...releasedBy,
});

/** A released table with what stands in its file. Every number in it has noise on it. */
const releasedTable = z.object({
  ...releasedBy,
  level: z.number(),
  keys: z.array(z.string()),
  columns: z.array(z.string()),
  hasUnknownKeys: z.boolean(),
  groups: z.number(),
  /** The first groups: keys, then per column its number with its interval; null where noise left none. */
  rows: z.array(
    z.object({
      keys: z.array(z.string()),
      values: z.array(
        z.object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() }),
      ),
    }),
  ),
});

const releaseVerdict = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ what: z.string(), faults: z.array(z.string()) })),
  /** What could not be checked, as a file of its format says too little of it. */
  gaps: z.array(z.string()),
  signer: z.object({ name: z.string(), fingerprint: z.string(), isTrusted: z.boolean().nullable() }),
  /** One of the two is what the file holds. */
  release: releasedTable.nullable(),
  forest: releasedForest.nullable(),
  /** Faults that the ledger of the open case finds in it; null where the release is of another case. */
  ledgerFaults: z.array(z.string()).nullable(),
});

export const auditView = z.object({
  audits: z.array(
    z.object({
      query,
      of: z.enum(['epsilon', 'rho']),
      claimed: z.number(),
      delta: z.number(),
      confidence: z.number(),
      lowerBound: z.number(),
      exceeds: z.boolean(),
      runs: z.number(),
      pairs: z.array(z.object({ name: z.string(), sentence: z.string(), lowerBound: z.number() })),
      /** One release with many canaries in it; missing where the measure does not lend itself to it. */
      oneRun: z.object({ lowerBound: z.number(), canaries: z.number() }).optional(),
      /** The distributions that noise was drawn from, against the exact ones. */
      samplers: z.array(z.object({ noise: z.string(), draws: z.number(), pValue: z.number() })),
      elapsedMs: z.number(),
    }),
  ),
  exceeds: z.boolean(),
  statements: z.array(z.string()),
});

const auditAsked = z.object({
  query: queryAsked.optional(),
  epsilon: decimal,
  delta: decimal,
  runs: z.int().min(100).max(20_000),
});

const asked = z.object({ query: queryAsked, epsilon: decimal, delta: decimal });
/** Rows, or actors, of the groups that a question is about: an assumption, never read from the data. */
const groupSize = z.int().min(1).max(1e12);

export const privacyContract = {
  /** The ledger of the open case: what may be spent, what was, on what, by whose word. */
  ledger: procedure.output(ledgerView),
  /** Checks the chain of the ledger, its signatures, limits and stored answers. */
  checkLedger: procedure.output(
    z.object({ ok: z.boolean(), entries: z.number(), faults: z.array(z.string()), notes: z.array(z.string()) }),
  ),
  /** Columns that a release may use, by source. */
  columns: procedure.output(z.object({ events: z.array(openColumn), actors: z.array(openColumn) })),
  /** What a query would cost and show; nothing is read, asked or spent. Errors: `usage`. */
  plan: procedure.input(asked.extend({ groupSize: groupSize.optional() })).output(releasePlan),
  /** The same of a private forest. Errors: `usage`. */
  planForest: procedure.input(asked).output(forestPlan),
  /** The smallest ε, to a millionth, whose intervals are at most ± `within` on groups of that size. Errors: `usage`. */
  solve: procedure
    .input(z.object({ query: queryAsked, delta: decimal, within: z.number().gt(0).max(1e15), groupSize }))
    .output(z.object({ epsilon: z.string(), halfWidth: z.number(), unit: z.string() })),
  /** Files a request, for numbers or for a private forest; a question that was answered before has its answer again, at no cost. */
  ask: procedure
    .input(asked.extend({ purpose: z.string().min(1).max(2000) }))
    .output(z.object({ request: z.string().nullable(), answer: z.string().nullable() })),
  /** Spends, then draws the noise, then signs. `confirmation` repeats the beginning of the request's id, or "release". */
  approve: procedure
    .input(z.object({ request: requestId, confirmation: z.string(), ...reviewer }))
    .output(z.object({ answer: z.string(), isRepeated: z.boolean() })),
  refuse: procedure.input(z.object({ request: requestId, reason: z.string().min(1).max(2000), ...reviewer })),
  /** Sets the limit; the first one enrols the key. */
  setLimit: procedure.input(z.object({ epsilon: decimal, delta: decimal, ...reviewer })),
  setTwoPersons: procedure.input(z.object({ twoPersons: z.boolean(), ...reviewer })),
  /** The numbers that answer a request. Errors: `usage` where it has none. */
  released: procedure.input(z.object({ request: requestId })).output(releasedTable),
  /** The forest that answers a request. Errors: `usage` where it has none. */
  releasedForest: procedure.input(z.object({ request: requestId })).output(releasedForest),
  /** The signed file, or its table. `rows` are its groups, or trees. Errors: `usage` for the table of a forest. */
  exportRelease: procedure
    .input(z.object({ request: requestId, format: z.enum(['json', 'csv']), to: grantId.optional() }))
    .output(z.object({ rows: z.number(), file: z.instanceof(Blob).nullable() })),
  /** Checks a release file, or that of a private forest, by itself, and against the ledger of the open case where it is of that case. */
  verify: procedure
    .input(z.object({ file: grantId, trusted: z.array(grantId).max(20).optional() }))
    .output(releaseVerdict),
  /** Starts a job that runs the release path over made-up data; it takes minutes. Errors: `usage` while another job runs. */
  startAudit: procedure.input(auditAsked).output(z.object({ job: z.string() })),
  /** What the last audit that ran to its end found, and by which job; null before the first since the app was started. */
  lastAudit: procedure.output(z.object({ job: z.string(), report: auditView }).nullable()),
};

export type BudgetAmount = z.infer<typeof budgetAmount>;
export type ReleaseRequestData = z.infer<typeof releaseRequest>;
export type LedgerLine = z.infer<typeof ledgerLine>;
export type LedgerViewData = z.infer<typeof ledgerView>;
export type ReleasePlanData = z.infer<typeof releasePlan>;
export type ForestPlanData = z.infer<typeof forestPlan>;
export type ReleasedForest = z.infer<typeof releasedForest>;
export type ReleasedTable = z.infer<typeof releasedTable>;
export type ReleaseVerdictData = z.infer<typeof releaseVerdict>;
export type AuditView = z.infer<typeof auditView>;
export type OpenColumn = z.infer<typeof openColumn>;
