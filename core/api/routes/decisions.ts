import type { Decision } from '../../store/index.ts';
import { decisionsCsv, newestFirst } from '../decisions/csv.ts';
import { readVerdicts } from '../decisions/read-verdicts.ts';
import { summaryOf } from '../decisions/summary.ts';
import type { EngineContext } from '../engine/context.ts';
import { saveText } from '../engine/save.ts';
import { NightjarError } from '../errors.ts';
import { base } from './base.ts';

/** Only pseudonyms are decided about: whatever else a page sends must not get into the case. */
const refuseStrangers = (actors: readonly string[], isKnown: (actor: string) => boolean): void => {
  if (actors.every(isKnown)) return;
  throw new NightjarError('input', 'The present run does not know all of these actors.', {
    next: 'Choose actors from the queue.',
  });
};

const requireVerdicts = (decisions: ReadonlyMap<string, Decision>): void => {
  const { abuse, benign } = summaryOf(decisions);
  if (abuse + benign > 0) return;
  throw new NightjarError('input', 'Nobody has been called abuse or benign yet.', {
    next: 'Decide about some actors.',
  });
};

/** Procedures about what was decided. */
export const decisionsRoutes = ({ session, grants, jobs, raise }: EngineContext) => {
  const { decisions } = base;
  const held = () => session.require();
  return decisions.router({
    set: decisions.set.handler(async ({ input: { actors, verdict, kind, note } }) => {
      const { decisions: all, explore } = held();
      const rankOf = await explore.ranks();
      refuseStrangers(actors, (actor) => rankOf(actor) !== null || all.all().has(actor));
      const changed = await all.set({
        actors,
        verdict,
        ...(kind === undefined ? {} : { kind }),
        ...(note === undefined ? {} : { note }),
      });
      raise('decisions');
      return { ...all.undoState(), changed };
    }),
    rerank: decisions.rerank.handler(async ({ signal }) => {
      const { decisions: all, explore } = held();
      jobs.requireIdle();
      await explore.feedback(); // the error of a case without a ranking
      requireVerdicts(all.all());
      await all.rerank(signal === undefined ? {} : { signal });
      explore.forgetFeedback();
      raise('decisions');
      const made = await explore.feedback();
      if (made !== null) return made;
      throw new NightjarError('input', 'Everybody was ranked anew meanwhile.', { next: 'Rank by the verdicts again.' });
    }),
    undoRerank: decisions.undoRerank.handler(async () => {
      const { decisions: all, explore } = held();
      jobs.requireIdle();
      const undone = await all.undoRerank();
      explore.forgetFeedback();
      raise('decisions');
      return { undone };
    }),
    undo: decisions.undo.handler(async () => {
      const { decisions: all } = held();
      const done = await all.undo();
      raise('decisions');
      return { ...all.undoState(), done };
    }),
    redo: decisions.redo.handler(async () => {
      const { decisions: all } = held();
      const done = await all.redo();
      raise('decisions');
      return { ...all.undoState(), done };
    }),
    summary: decisions.summary.handler(() => {
      const { decisions: all } = held();
      return { ...all.undoState(), ...summaryOf(all.all()) };
    }),
    list: decisions.list.handler(async () => {
      const { decisions: all, explore } = held();
      const rankOf = await explore.ranks();
      return newestFirst(all.all()).map(([actor, decision]) => ({ actor, ...decision, rank: rankOf(actor) }));
    }),
    exportCsv: decisions.exportCsv.handler(({ input }) => {
      const { decisions: all, case: opened } = held();
      const file = saveText(decisionsCsv(all.all()), input.to, grants);
      opened.journal.append('decisions.exported', { rows: all.all().size });
      return { rows: all.all().size, file };
    }),
    importCsv: decisions.importCsv.handler(async ({ input }) => {
      const { decisions: all, case: opened, explore } = held();
      const rankOf = await explore.ranks();
      const isKnown = (actor: string): boolean => rankOf(actor) !== null || all.all().has(actor);
      const read = await readVerdicts(grants.pathOf(input.grant, 'file'), opened, isKnown);
      const changed = await all.setAll(read.decisions, `import ${read.decisions.size} decisions`);
      raise('decisions');
      return {
        ...all.undoState(),
        changed,
        unchanged: read.decisions.size - changed,
        unmatched: read.unknown,
        skipped: read.skipped,
        conflicting: read.conflicting,
      };
    }),
  });
};
