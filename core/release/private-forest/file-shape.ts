import { z } from 'zod';

import { isPublicKey, type JsonValue } from '../keys/index.ts';

const hex = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`));
/** An exact decimal or fraction, as `formatRational` writes it. */
const exact = z.string().regex(/^\d+(?:\.\d+|\/\d+)?$/);
const json: z.ZodType<JsonValue> = z.json();

/** What a forest that left says. All of it is public: settings, splits made of them, and counts with noise on them. */
export const forestBodyShape = z.strictObject({
  /** A signature over a forest is none over a release of numbers. */
  kind: z.literal('private-forest'),
  request: hex(32),
  releasedAt: z.iso.datetime(),
  software: z.strictObject({ name: z.literal('nightjar'), version: z.string() }),
  caseId: hex(32),
  unitOfPrivacy: z.strictObject({ unit: z.literal('actor'), inWords: z.string() }),
  /** The settings as `forestJson` writes them. */
  query: json,
  /** What may be spent on it. */
  epsilon: exact,
  delta: exact,
  /** What was. */
  losses: z.array(json).min(1),
  statements: z.array(z.string()),
  /** Complete trees, nodes in the order of `growSplits`: a value from the threshold up goes to child 2 i + 2. */
  trees: z.array(
    z.strictObject({
      /** Place of the feature in the settings, per inner node. */
      feature: z.array(z.int().min(0)),
      threshold: z.array(z.number()),
      /** Per leaf: its share of the declared box, and its noised count. */
      volume: z.array(z.number()),
      count: z.array(z.int()),
    }),
  ),
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

/** A private forest as a file. */
export const forestFileShape = z.strictObject({
  format: z.literal('nightjar-forest'),
  version: z.literal(1),
  forest: forestBodyShape,
  /** Ed25519 (RFC 8032) over "nightjar release 1", a line feed, and `forest` as canonical JSON (RFC 8785). */
  signature: z.strictObject({
    algorithm: z.literal('ed25519'),
    publicKey: z.string().refine(isPublicKey),
    value: z.string(),
  }),
});

export type ForestBody = Readonly<z.infer<typeof forestBodyShape>>;
export type ForestFile = Readonly<z.infer<typeof forestFileShape>>;
