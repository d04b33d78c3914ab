import { useEffect, useState } from 'react';
import type { RuleState, SavedRule } from '../../../core/api/contract.ts';
import { client } from '../../client.ts';
import { showError, showToast, useIsShown } from '../../ui/index.ts';
import { BLANK, dropDraft, keepDraft, settleDraft, useDraft } from './drafts.ts';
import { STATES } from './state-words.ts';
import { rulesChanged, TOPIC, undoRule } from './undo.ts';

/** A rule's text as it is written, and what can be done with it. */
export type RuleEditing = {
  readonly text: string;
  /** What changed, for the version to come. */
  readonly note: string;
  /** The text differs from what is saved. */
  readonly isChanged: boolean;
  /** A version was saved after the one that the text began with. */
  readonly isStale: boolean;
  readonly isBusy: boolean;
  /** Why the text was not saved; null: nothing went wrong. */
  readonly failure: unknown;
  change(text: string): void;
  writeNote(note: string): void;
  discard(): void;
  save(): Promise<void>;
  setState(state: RuleState): Promise<void>;
  remove(): Promise<void>;
};

type Options = {
  /** An id, or `new`. */
  readonly rule: string;
  /** Null for one that was never saved. */
  readonly saved: SavedRule | null;
  readonly onChoose: (id: string | undefined) => void;
  readonly onNamed: (id: string) => void;
};

/** What is written of a rule is kept as a draft, wherever else one looks, until it is saved or discarded. */
export const useRuleEditing = ({ rule, saved, onChoose, onNamed }: Options): RuleEditing => {
  const draft = useDraft(rule);
  const isShown = useIsShown();
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const note = draft?.note ?? '';
  const text = draft?.text ?? saved?.text ?? BLANK;
  const isChanged = draft !== undefined && draft.text !== saved?.text;
  const base = isChanged ? draft.base : saved && { id: saved.id, version: saved.version };
  useEffect(() => {
    if (saved !== null && draft?.text === saved.text) dropDraft(rule); // saved, and the answer was lost
  }, [rule, saved, draft]);
  const change = (next: string): void => {
    setFailure(null);
    if (next === saved?.text) dropDraft(rule);
    else keepDraft(rule, { text: next, note, base });
  };
  const discard = (): void => {
    dropDraft(rule);
    setFailure(null);
    if (saved === null) onChoose(undefined);
    showToast({
      topic: TOPIC,
      text: 'Unsaved changes discarded.',
      ...(draft === undefined ? {} : { action: { label: 'Undo', run: () => keepDraft(rule, draft) } }),
    });
  };
  const save = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setFailure(null);
    try {
      const replaces = base === null ? null : { id: base.id, version: base.version };
      const { saved: made } = await client.rules.save({ text, note, replaces });
      await rulesChanged(); // before the draft goes, or the text before it would show
      const first = made[0];
      if (first === undefined) dropDraft(rule);
      else {
        settleDraft(rule, { text, note }, first);
        showToast({
          topic: TOPIC,
          text: `Saved as version ${first.version}, a draft.`,
          action: { label: 'Undo', run: () => void undoRule() },
        });
        if (first.id !== rule && isShown()) onNamed(first.id);
      }
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const setState = async (state: RuleState): Promise<void> => {
    try {
      await client.rules.setState({ id: rule, state });
      await rulesChanged();
      showToast({ topic: TOPIC, text: `${STATES[state].label}: ${STATES[state].about}.`, action: UNDO });
    } catch (error) {
      showError(error);
    }
  };
  const remove = async (): Promise<void> => {
    try {
      await client.rules.remove({ id: rule });
      dropDraft(rule);
      await rulesChanged();
      if (isShown()) onChoose(undefined);
      showToast({ topic: TOPIC, text: 'Rule removed.', action: UNDO });
    } catch (error) {
      showError(error);
    }
  };
  return {
    text,
    note,
    isChanged,
    isStale: saved !== null && base !== null && base.version < saved.version,
    isBusy,
    failure,
    change,
    writeNote: (written) => keepDraft(rule, { text, note: written, base }),
    discard,
    save,
    setState,
    remove,
  };
};

const UNDO = { label: 'Undo', run: () => void undoRule() };
