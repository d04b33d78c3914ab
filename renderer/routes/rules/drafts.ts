import type { RuleVersion } from '../../../core/api/contract.ts';
import { createStore, useStore } from '../../store.ts';
import { setUnsaved } from '../../unsaved.ts';

/** A text that is being written, what its author notes about the change, and the version it started from; null: a new rule. */
export type Draft = { readonly text: string; readonly note: string; readonly base: RuleVersion | null };

/** The draft that has no id yet. */
export const NEW = 'new';

/** What was written and not saved stays while the window is open, by rule. */
const drafts = createStore<ReadonlyMap<string, Draft>>(new Map());
drafts.subscribe(() => setUnsaved('rules', drafts.get().size > 0));

export const draftOf = (rule: string): Draft | undefined => drafts.get().get(rule);

export const useDraft = (rule: string): Draft | undefined => useStore(drafts).get(rule);

/** Rules with something that is not saved. */
export const useDraftIds = (): ReadonlySet<string> => new Set(useStore(drafts).keys());

export const keepDraft = (rule: string, draft: Draft): void => {
  drafts.set(new Map(drafts.get()).set(rule, draft));
};

export const dropDraft = (rule: string): void => {
  const left = new Map(drafts.get());
  left.delete(rule);
  drafts.set(left);
};

/** Once a draft was saved as a version: what was written since stays, as a draft of that version. */
export const settleDraft = (
  rule: string,
  { text, note }: Pick<Draft, 'text' | 'note'>,
  { id, version }: RuleVersion,
): void => {
  const draft = draftOf(rule);
  dropDraft(rule);
  if (draft === undefined || draft.text === text) return;
  keepDraft(id, { text: draft.text, note: draft.note === note ? '' : draft.note, base: { id, version } });
};

/** Where writing begins when nothing is suggested. */
export const BLANK = `rule new_rule "What it finds"
  intent "which abuse this is about"
  severity medium
  effect review
  author ""
  for each actor_id
  in any 10 minutes
  when count() >= 20
`;
