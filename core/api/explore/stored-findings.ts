import { z } from 'zod';

const storedReasons = z.array(
  z.object({
    feature: z.string(),
    value: z.number().nullable(),
    typical: z.number().nullable(),
    percentile: z.number().nullable(),
    contribution: z.number(),
    sentence: z.string(),
  }),
);
export type StoredReason = z.infer<typeof storedReasons>[number];

const storedStory = z.object({
  summary: z.string(),
  smallestChange: z
    .object({
      sentence: z.string(),
      changes: z.array(z.object({ feature: z.string(), from: z.number().nullable(), to: z.number() })),
    })
    .nullable(),
});
export type StoredStory = z.infer<typeof storedStory>;

/** The reasons that a run keeps of an actor; null where it keeps none. */
export const parseReasons = (json: string | null): readonly StoredReason[] | null =>
  json === null ? null : storedReasons.parse(JSON.parse(json));

/** What a run says of an actor beyond its reasons; null where it says nothing. */
export const parseStory = (json: string | null): StoredStory | null =>
  json === null ? null : storedStory.parse(JSON.parse(json));
