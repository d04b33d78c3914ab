import { z } from 'zod';

import { exact, ORIGIN, PAID, signatureShape } from './signed-file.ts';

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
const releaseBodyShape = z.strictObject({
  ...ORIGIN,
  /** How unknown keys were chosen before anything was measured; null where they were not. */
  selection: z.strictObject({ reach, noise }).nullable(),
  statistics: z.array(z.strictObject({ name: z.string(), meaning: z.string(), reach, noise })),
  statements: z.array(z.string()),
  level: z.number(),
  /** Columns of a table with one row per released group: its keys first. */
  keys: z.array(z.strictObject({ column: z.string(), of: z.array(z.string()) })),
  columns: z.array(z.strictObject({ name: z.string(), value: numbers, low: numbers, high: numbers })),
  /**
   * The noised integers the columns were made of: lists in the order of the statistics, for most measures. Of chosen keys (top)
   * the second list are their ranks, which a file of version 1 lacks.
   */
  noised: z.array(z.array(z.int())),
  ...PAID,
});

/** A release as a file. */
export const releaseFileShape = z.strictObject({
  format: z.literal('nightjar-release'),
  version: z.union([z.literal(1), z.literal(2)]),
  release: releaseBodyShape,
  signature: signatureShape,
});

export type ReleaseBody = Readonly<z.infer<typeof releaseBodyShape>>;
export type ReleaseFile = Readonly<z.infer<typeof releaseFileShape>>;
