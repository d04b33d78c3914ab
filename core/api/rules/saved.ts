import {
  moveRuleStep,
  readRuleLog,
  readRules,
  stepsOf,
  storeRuleStep,
  type Case,
  type RuleLogEntry,
  type RuleState,
  type RuleStateChange,
  type StoredRule,
} from '../../store/index.ts';
import type { UndoState } from '../contract/decisions.ts';
import { NightjarError } from '../errors.ts';
import { createTurns } from '../turns.ts';

/** A version that is there. */
export type KeptRule = StoredRule & { readonly state: RuleState };

/** A rule to save, in its text form. */
export type NewRule = { readonly id: string; readonly title: string; readonly author: string; readonly text: string };

export type VersionName = { readonly id: string; readonly version: number };

/** The rules of an open case: all in memory, every step durable and journalled before it counts. */
export type SavedRules = {
  /** The latest version of each rule, by id. */
  list(): readonly KeptRule[];
  /** The versions of a rule that are there, the newest first; none for an unknown id. */
  versions(id: string): readonly KeptRule[];
  /** One version, the latest where none is named. Errors: `input` for one that is not there. */
  get(id: string, version?: number): KeptRule;
  /** Raised with every change. */
  revision(): number;
  undoState(): UndoState;
  /** Every step, the newest first. */
  history(): readonly RuleLogEntry[];
  /**
   * Saves each as a new draft version, in one step. `replaces`: the version that was edited; another id renames the rule. Errors:
   * `input` for an id that is taken, and where a newer version was saved meanwhile.
   */
  save(rules: readonly NewRule[], note: string, replaces: VersionName | null): Promise<readonly VersionName[]>;
  setState(id: string, state: RuleState, version?: number): Promise<void>;
  remove(id: string): Promise<void>;
  /** What it did, as a few words; null: nothing to undo. */
  undo(): Promise<string | null>;
  redo(): Promise<string | null>;
  /** Waits until everything is on disk. */
  close(): Promise<void>;
};

/** Reads the rules of a case. One change is written at a time, on a connection of its own. */
export const createSavedRules = async (
  opened: Pick<Case, 'connect' | 'journal'>,
  onSaving: (isSaving: boolean) => void = () => undefined,
): Promise<SavedRules> => {
  const connection = await opened.connect();
  let all = await readRules(connection);
  let log = await readRuleLog(connection);
  let revision = 0;
  const { inTurn, settled } = createTurns(onSaving);
  const reload = async (): Promise<void> => {
    all = await readRules(connection);
    log = await readRuleLog(connection);
    revision++;
  };
  const versions = (id: string): readonly KeptRule[] =>
    all.flatMap((rule) => (rule.id === id && rule.state !== null ? [{ ...rule, state: rule.state }] : [])).toReversed();
  const get = (id: string, version?: number): KeptRule => {
    const kept = versions(id);
    const found = version === undefined ? kept[0] : kept.find((rule) => rule.version === version);
    if (found !== undefined) return found;
    throw kept.length === 0 ? noSuchRule(id) : noSuch('The rule has no such version.', id);
  };
  const store = async (
    event: 'save' | 'state' | 'remove',
    title: string,
    added: readonly Omit<StoredRule, 'state'>[],
    changes: readonly RuleStateChange[],
  ): Promise<void> => {
    await storeRuleStep(connection, event, title, added, changes, () => journal(`rules.${event}`, changes));
    await reload();
  };
  const journal = (event: string, changes: readonly RuleStateChange[]): void =>
    void opened.journal.append(event, {
      changed: changes.map(({ id, version, after }) => ({ id, version, state: after ?? 'none' })),
    });
  const move = (event: 'undo' | 'redo'): Promise<string | null> =>
    inTurn(async () => {
      const moved = await moveRuleStep(connection, event, (changes) => journal(`rules.${event}`, changes));
      if (moved === null) return null;
      await reload();
      return moved.title;
    });

  return {
    list: () => [...new Set(all.map(({ id }) => id))].flatMap((id) => versions(id).slice(0, 1)),
    versions,
    get,
    revision: () => revision,
    undoState: () => {
      const { done, undone } = stepsOf(log);
      return { undo: done.at(-1)?.title ?? null, redo: undone.at(-1)?.title ?? null };
    },
    history: () => log.toReversed(),
    save: (rules, note, replaces) =>
      inTurn(async () => {
        if (replaces !== null) requireLatest(replaces, get(replaces.id));
        for (const { id } of rules) if (id !== replaces?.id) requireFree(id, versions(id));
        const savedAt = Date.now();
        const added = rules.map((rule) => {
          const before = all.filter(({ id }) => id === rule.id).at(-1)?.version ?? 0;
          return { ...rule, version: before + 1, note, savedAt };
        });
        const renamed = replaces !== null && rules.every(({ id }) => id !== replaces.id);
        const changes: RuleStateChange[] = [
          ...added.map(({ id, version }) => ({ id, version, before: null, after: 'draft' as const })),
          ...(renamed ? versions(replaces.id).map(gone) : []),
        ];
        const names = rules.map(({ id }) => id).join(', ');
        await store('save', renamed ? `rename ${replaces.id} to ${names}` : `save ${names}`, added, changes);
        return added.map(({ id, version }) => ({ id, version }));
      }),
    setState: (id, state, version) =>
      inTurn(async () => {
        const rule = get(id, version);
        const changes = versions(id).flatMap((each): RuleStateChange[] => {
          const after =
            each.version === rule.version ? state : state === 'live' && each.state === 'live' ? 'retired' : each.state;
          return after === each.state ? [] : [{ id, version: each.version, before: each.state, after }];
        });
        if (changes.length > 0) await store('state', `${STATE_WORDS[state]} ${id}`, [], changes);
      }),
    remove: (id) =>
      inTurn(async () => {
        get(id);
        await store('remove', `remove ${id}`, [], versions(id).map(gone));
      }),
    undo: () => move('undo'),
    redo: () => move('redo'),
    close: settled,
  };
};

const noSuch = (message: string, where: string): NightjarError =>
  new NightjarError('input', message, { where, next: 'Choose one from the list of rules.' });

export const noSuchRule = (id: string): NightjarError => noSuch('There is no such rule.', id);

const STATE_WORDS: Readonly<Record<RuleState, string>> = {
  draft: 'make a draft of',
  shadow: 'shadow',
  live: 'go live with',
  retired: 'retire',
};

const gone = ({ id, version, state }: KeptRule): RuleStateChange => ({ id, version, before: state, after: null });

const requireLatest = ({ id, version }: VersionName, latest: KeptRule): void => {
  if (latest.version === version) return;
  throw new NightjarError('input', `Version ${latest.version} of this rule was saved meanwhile.`, {
    where: id,
    next: `Look at what changed from version ${version} to ${latest.version}, then save over ${latest.version}.`,
  });
};

const requireFree = (id: string, taken: readonly KeptRule[]): void => {
  if (taken.length === 0) return;
  throw new NightjarError('input', 'There is a rule of this name already.', {
    where: id,
    next: 'Open that rule to edit it, or give this one another name after "rule".',
  });
};
