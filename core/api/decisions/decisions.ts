import {
  moveStep,
  readDecisions,
  readLog,
  stepsOf,
  storeStep,
  type Case,
  type Decision,
  type DecisionChange,
  type Verdict,
} from '../../store/index.ts';
import type { UndoState } from '../contract/decisions.ts';
import { rerankCase, undoRerank } from '../feedback/rerank-case.ts';
import type { Watch } from '../progress.ts';
import { createTurns } from '../turns.ts';

export type Wanted = {
  readonly actors: readonly string[];
  readonly verdict: Verdict | null;
  readonly kind?: string | null;
  readonly note?: string | null;
};

/** The decisions of the open case: all in memory, every step durable and journalled before it counts. */
export type Decisions = {
  /** By actor. */
  all(): ReadonlyMap<string, Decision>;
  /** Raised with every change. */
  version(): number;
  undoState(): UndoState;
  set(wanted: Wanted): Promise<number>;
  /** Stores many decisions as one step that undo takes back whole; returns how many differ from what was there. */
  setAll(decisions: ReadonlyMap<string, Decision>, title: string): Promise<number>;
  undo(): Promise<string | null>;
  redo(): Promise<string | null>;
  /** Ranks everybody anew by the decisions as they stand. Errors: as `rerankCase`. */
  rerank(watch?: Watch): Promise<void>;
  /** Takes the latest re-ranking away; false where there is none. */
  undoRerank(): Promise<boolean>;
  /** Waits until everything is on disk. */
  close(): Promise<void>;
};

/** Reads the decisions of a case. One change is written at a time, on a connection of its own. */
export const createDecisions = async (opened: Case, onSaving: (isSaving: boolean) => void): Promise<Decisions> => {
  const connection = await opened.connect();
  const decisions = new Map(await readDecisions(connection));
  const readSteps = async () => stepsOf(await readLog(connection, 'decision_log'));
  let steps = await readSteps();
  let version = 0;
  const { inTurn, settled } = createTurns(onSaving);
  const journal = (event: string, changes: readonly DecisionChange[]): void =>
    void opened.journal.append(event, { changed: changes.length, to: byOutcome(changes) });
  const took = async (changes: readonly DecisionChange[]): Promise<void> => {
    for (const { actor, after } of changes) {
      if (after === null) decisions.delete(actor);
      else decisions.set(actor, after);
    }
    steps = await readSteps();
    version++;
  };
  const store = async (event: 'set' | 'import', title: string, changes: readonly DecisionChange[]): Promise<number> => {
    if (changes.length === 0) return 0;
    await storeStep(connection, event, title, changes, () => journal(`decisions.${event}`, changes));
    await took(changes);
    return changes.length;
  };
  const move = (event: 'undo' | 'redo'): Promise<string | null> =>
    inTurn(async () => {
      const moved = await moveStep(connection, event, (changes) => journal(`decisions.${event}`, changes));
      if (moved === null) return null;
      await took(moved.changes);
      return moved.title;
    });

  return {
    all: () => decisions,
    version: () => version,
    undoState: () => ({ undo: steps.done.at(-1)?.title ?? null, redo: steps.undone.at(-1)?.title ?? null }),
    set: (wanted) =>
      inTurn(() => {
        const changes = [...new Set(wanted.actors)].flatMap((actor) =>
          changeOf(actor, decisions.get(actor) ?? null, wanted),
        );
        return store('set', titleOf(wanted, changes.length), changes);
      }),
    setAll: (wanted, title) =>
      inTurn(() => {
        const changes = [...wanted].flatMap(([actor, after]): DecisionChange[] => {
          const before = decisions.get(actor) ?? null;
          return isSame(before, after) ? [] : [{ actor, before, after }];
        });
        return store('import', title, changes);
      }),
    undo: () => move('undo'),
    redo: () => move('redo'),
    rerank: (watch) => inTurn(async () => void (await rerankCase({ ...opened, connection }, watch))),
    undoRerank: () => inTurn(async () => (await undoRerank({ ...opened, connection })) !== null),
    close: settled,
  };
};

const changeOf = (actor: string, before: Decision | null, wanted: Wanted): DecisionChange[] => {
  if (wanted.verdict === null) return before === null ? [] : [{ actor, before, after: null }];
  const kind = wanted.kind === undefined ? (before?.kind ?? null) : wanted.kind || null;
  const note = wanted.note === undefined ? (before?.note ?? null) : wanted.note || null;
  const after = { verdict: wanted.verdict, kind, note, decidedAt: Date.now() };
  return isSame(before, after) ? [] : [{ actor, before, after }];
};

const isSame = (a: Decision | null, b: Decision | null): boolean =>
  a?.verdict === b?.verdict && a?.kind === b?.kind && a?.note === b?.note;

const titleOf = ({ verdict, actors }: Wanted, changed: number): string => {
  const who = changed === 1 ? (actors[0] ?? '') : `${changed} actors`;
  return verdict === null ? `take back ${who}` : `${verdict}: ${who}`;
};

/** For the journal: pseudonyms by verdict and kind; what a note says stays out of it. */
const byOutcome = (changes: readonly DecisionChange[]) => {
  const groups = new Map<string, { verdict: string; kind: string | null; actors: string[] }>();
  for (const { actor, after } of changes) {
    const verdict = after?.verdict ?? 'none';
    const kind = after?.kind ?? null;
    const group = groups.get(`${verdict} ${kind}`) ?? { verdict, kind, actors: [] };
    group.actors.push(actor);
    groups.set(`${verdict} ${kind}`, group);
  }
  return [...groups.values()];
};
