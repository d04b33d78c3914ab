import { z } from 'zod';

/** Sums counts by hour of the week (Monday 00:00 UTC first). Times: milliseconds since 1970, whole hours or finer. */
export const reshapeRequest = z.object({
  id: z.number(),
  kind: z.literal('hourOfWeek'),
  times: z.array(z.number()),
  counts: z.array(z.number()),
});
export type ReshapeRequest = z.infer<typeof reshapeRequest>;

/** 168 sums. */
export const reshapeAnswer = z.object({ id: z.number(), counts: z.array(z.number()).length(168) });
export type ReshapeAnswer = z.infer<typeof reshapeAnswer>;
