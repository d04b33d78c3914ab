import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Verdict } from '../../core/api/contract.ts';
import { api, client } from '../client.ts';
import { counted } from '../format.ts';
import { showError, showToast } from '../ui/index.ts';
import { VERDICTS } from '../ui/index.ts';

export type DecideInput = {
  readonly actors: readonly string[];
  /** Null takes decisions back. */
  readonly verdict: Verdict | null;
  readonly kind?: string | null;
  readonly note?: string | null;
  /** No message at the lower right, where the screen itself shows what was done. */
  readonly isQuiet?: boolean;
};

export type Decide = {
  /** Decides about actors at once; true when it is done. A failure is shown to the user. */
  readonly decide: (input: DecideInput) => Promise<boolean>;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
  /** What undo and redo would do, in a few words; null: nothing. */
  readonly canUndo: string | null;
  readonly canRedo: string | null;
  /** Kinds used so far, the most frequent first. */
  readonly kinds: readonly string[];
};

// Undo takes the latest decision back, so that only its message may offer it.
const TOPIC = 'decision';

const NO_KINDS: readonly string[] = [];

/** How a screen decides, undoes and redoes. */
export const useDecide = (): Decide => {
  const { data: open } = useQuery(api.case.current.queryOptions());
  const { data: summary } = useQuery(
    api.decisions.summary.queryOptions({ enabled: open !== null && open !== undefined }),
  );
  const undo = useCallback(async () => {
    await step(() => client.decisions.undo(), 'Undone', { label: 'Redo', run: () => void redoNow() });
  }, []);
  const redo = useCallback(redoNow, []);
  const decide = useCallback(
    async ({ actors, verdict, kind, note, isQuiet }: DecideInput) => {
      try {
        const { changed } = await client.decisions.set({
          actors: [...actors],
          verdict,
          ...(kind === undefined ? {} : { kind }),
          ...(note === undefined ? {} : { note }),
        });
        if (isQuiet !== true && changed > 0) {
          const who = counted(changed, 'actor');
          const text =
            verdict === null
              ? `Decision taken back for ${who}.`
              : `${who} marked ${VERDICTS[verdict].label.toLowerCase()}.`;
          showToast({ text, topic: TOPIC, action: { label: 'Undo', run: () => void undo() } });
        }
        return true;
      } catch (error) {
        showError(error);
        return false;
      }
    },
    [undo],
  );
  return {
    decide,
    undo,
    redo,
    canUndo: summary?.undo ?? null,
    canRedo: summary?.redo ?? null,
    kinds: summary?.kinds ?? NO_KINDS,
  };
};

const redoNow = (): Promise<void> =>
  step(() => client.decisions.redo(), 'Redone', {
    label: 'Undo',
    run: () => void step(() => client.decisions.undo(), 'Undone'),
  });

const step = async (
  call: () => Promise<{ readonly done: string | null }>,
  word: string,
  action?: { readonly label: string; readonly run: () => void },
): Promise<void> => {
  try {
    const { done } = await call();
    if (done === null) showToast({ text: `Nothing is left to be ${word.toLowerCase()}.`, topic: TOPIC });
    else showToast({ text: `${word}: ${done}`, topic: TOPIC, ...(action === undefined ? {} : { action }) });
  } catch (error) {
    showError(error);
  }
};
