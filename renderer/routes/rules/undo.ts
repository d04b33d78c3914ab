import { api, client, queryClient } from '../../client.ts';
import { showError, showToast } from '../../ui/index.ts';

/** Undo takes the latest step back, so that only its message may offer it. */
export const TOPIC = 'rule';

/** Has everything that shows rules read again. */
export const rulesChanged = (): Promise<void> => queryClient.invalidateQueries({ queryKey: api.rules.key() });

/** Takes the latest step about rules back, whichever that is. */
export const undoRule = (): Promise<void> => step(() => client.rules.undo(), 'Undone');

/** Does what was taken back last again. */
export const redoRule = (): Promise<void> => step(() => client.rules.redo(), 'Done again');

const step = async (act: () => Promise<{ readonly done: string | null }>, word: string): Promise<void> => {
  try {
    const { done } = await act();
    await rulesChanged();
    showToast({ topic: TOPIC, text: done === null ? 'There is nothing to undo.' : `${word}: ${done}` });
  } catch (error) {
    showError(error);
  }
};
