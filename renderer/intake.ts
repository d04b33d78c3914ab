import type { Grant } from '../core/api/contract.ts';
import type { UploadProgress, UploadWatch } from './client.ts';
import { createStore } from './store.ts';
import { showError } from './ui/index.ts';

/** Files on their way to the engine; `progress` is null while the user still chooses. */
export type Intake = { readonly progress: UploadProgress | null; readonly cancel: () => void };

/** The intake under way, or null. */
export const intake = createStore<Intake | null>(null);

/**
 * Gets files from the user, shows how far they are and lets the user give up. Returns their grants; an empty list when there are none,
 * after telling the user of a failure.
 */
export const takeIn = async (get: (watch: UploadWatch) => Promise<readonly Grant[]>): Promise<readonly Grant[]> => {
  const controller = new AbortController();
  const cancel = (): void => controller.abort();
  const onProgress = (progress: UploadProgress): void => intake.set({ progress, cancel });
  try {
    return await get({ onProgress, signal: controller.signal });
  } catch (error) {
    showError(error);
    return [];
  } finally {
    intake.set(null);
  }
};
