import { z } from 'zod';
import { feedbackInfo } from './findings.ts';
import { actorToken, arrowTable, grantId, procedure, time } from './common.ts';

/** What an investigator decided about an actor. */
export const verdict = z.enum(['abuse', 'benign', 'unsure']);

const decision = z.object({
  actor: z.string(),
  verdict,
  /** Such as scraper or spam; the user's own word. */
  kind: z.string().nullable(),
  note: z.string().nullable(),
  decidedAt: time,
  /** In the present queue; null when the run does not know the actor. */
  rank: z.number().nullable(),
});

/** What can be undone and redone next, as a few words; null: nothing. */
export const undoState = z.object({ undo: z.string().nullable(), redo: z.string().nullable() });

export const decisionsContract = {
  /** Decides about actors at once; `verdict: null` takes decisions back. Left out: kind and note stay as they are. */
  set: procedure
    .input(
      z.object({
        actors: z.array(actorToken).min(1).max(10_000),
        verdict: verdict.nullable(),
        kind: z.string().trim().max(40).nullable().optional(),
        note: z.string().trim().max(4000).nullable().optional(),
      }),
    )
    .output(undoState.extend({ changed: z.number() })),
  /** Ranks everybody anew by the verdicts; the ranking without them stays. Errors: `input` without a verdict of abuse or benign. */
  rerank: procedure.output(feedbackInfo),
  /** Takes the latest re-ranking away. */
  undoRerank: procedure.output(z.object({ undone: z.boolean() })),
  undo: procedure.output(undoState.extend({ done: z.string().nullable() })),
  redo: procedure.output(undoState.extend({ done: z.string().nullable() })),
  summary: procedure.output(
    undoState.extend({
      abuse: z.number(),
      benign: z.number(),
      unsure: z.number(),
      /** Kinds used so far, the most frequent first. */
      kinds: z.array(z.string()),
    }),
  ),
  /** Newest first. */
  list: procedure.output(z.array(decision)),
  /** actor,verdict,kind,note,decided_at — to the granted place, or returned where none is given. Journalled. */
  exportCsv: procedure
    .input(z.object({ to: grantId.optional() }))
    .output(z.object({ rows: z.number(), file: arrowTable.nullable() })),
  /** Reads such a file; actors are pseudonyms of this case or raw identifiers, which are pseudonymised under its key. One undo takes all back. */
  importCsv: procedure.input(z.object({ grant: grantId })).output(
    undoState.extend({
      changed: z.number(),
      unchanged: z.number(),
      /** Actors of the file that the run does not know. */
      unmatched: z.number(),
      /** Rows without an actor or without a label. */
      skipped: z.number(),
      /** Actors whose rows disagree: the last counts. */
      conflicting: z.number(),
    }),
  ),
};

export type Verdict = z.infer<typeof verdict>;
export type Decision = z.infer<typeof decision>;
export type UndoState = z.infer<typeof undoState>;
