import { z } from 'zod';

import { ORIGIN, PAID, signatureShape } from '../release-file/signed-file.ts';

/** What a forest that left says. All of it is public: settings, splits made of them, and counts with noise on them. */
const forestBodyShape = z.strictObject({
  /** A signature over a forest is none over a release of numbers. */
  kind: z.literal('private-forest'),
  ...ORIGIN,
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
  ...PAID,
});

/** A private forest as a file. */
export const forestFileShape = z.strictObject({
  format: z.literal('nightjar-forest'),
  version: z.literal(1),
  forest: forestBodyShape,
  signature: signatureShape,
});

export type ForestBody = Readonly<z.infer<typeof forestBodyShape>>;
export type ForestFile = Readonly<z.infer<typeof forestFileShape>>;
