import { z } from 'zod';

import { isPublicKey, type JsonValue } from '../keys/index.ts';

const hex = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`));
/** An exact decimal or fraction, as `formatRational` writes it. */
const exact = z.string().regex(/^-?\d+(?:\.\d+|\/\d+)?$/);
const json: z.ZodType<JsonValue> = z.json();
/** Null where there is no number. */
const numbers = z.array(z.number().nullable());

/** How far one actor can move a statistic: in how many groups, by how much in each. */
const reach = z.strictObject({ coordinates: z.int().min(1), sensitivity: exact });
/** The mechanism: noise on the integers, by its parameters. */
const noise = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('discrete-laplace'), scale: exact }),
  z.strictObject({ kind: z.literal('discrete-gaussian'), sigmaSquared: exact }),
  z.strictObject({ kind: z.literal('truncated-laplace'), scale: exact, bound: z.int().min(0) }),
]);

/** What a release says. All of it is public: parameters, and numbers with noise on them. */
export const releaseBodyShape = z.strictObject({
  request: hex(32),
  releasedAt: z.iso.datetime(),
  software: z.strictObject({ name: z.literal('nightjar'), version: z.string() }),
  caseId: hex(32),
  unitOfPrivacy: z.strictObject({ unit: z.literal('actor'), inWords: z.string() }),
  /** As it was asked; the bounds of contributions are in it. */
  query: json,
  /** What may be spent on it. */
  epsilon: exact,
  delta: exact,
  /** What was: every run of a mechanism. */
  losses: z.array(json).min(1),
  /** How unknown keys were chosen before anything was measured; null where they were not. */
  selection: z.strictObject({ reach, noise }).nullable(),
  statistics: z.array(z.strictObject({ name: z.string(), meaning: z.string(), reach, noise })),
  statements: z.array(z.string()),
  level: z.number(),
  /** Columns of a table with one row per released group: its keys first. */
  keys: z.array(z.strictObject({ column: z.string(), of: z.array(z.string()) })),
  columns: z.array(z.strictObject({ name: z.string(), value: numbers, low: numbers, high: numbers })),
  /** The noised integers the columns were made of, one list per statistic. */
  noised: z.array(z.array(z.int())),
  purpose: z.string(),
  asker: z.string(),
  approver: z.string(),
  /** What the owner of the key calls itself: a claim. */
  reviewer: z.string(),
  /** Asked and approved by one account. */
  alone: z.boolean(),
  /** The line of the ledger that paid for it. */
  ledger: z.strictObject({ seq: z.int().min(1), entry: hex(64) }),
});

/** A release as a file. */
export const releaseFileShape = z.strictObject({
  format: z.literal('nightjar-release'),
  version: z.literal(1),
  release: releaseBodyShape,
  /** Ed25519 (RFC 8032) over "nightjar release 1", a line feed, and `release` as canonical JSON (RFC 8785). */
  signature: z.strictObject({
    algorithm: z.literal('ed25519'),
    publicKey: z.string().refine(isPublicKey),
    value: z.string(),
  }),
});

export type ReleaseBody = Readonly<z.infer<typeof releaseBodyShape>>;
export type ReleaseFile = Readonly<z.infer<typeof releaseFileShape>>;
