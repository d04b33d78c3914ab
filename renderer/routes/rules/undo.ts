import { api, client, queryClient } from '../../client.ts';
import { showError, showToast } from '../../ui/index.ts';

/** Undo takes the latest step back, so that only its message may offer it. */
export const TOPIC = 'rule';

/** Has saved rules read again. What is measured of them follows by itself, and takes longer than anybody should wait here. */
export const rulesChanged = async (): Promise<void> => {
  const stale = [api.rules.list.key(), api.rules.get.key(), api.rules.history.key()];
  await Promise.all(stale.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
};

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
