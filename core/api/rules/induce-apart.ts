import type { InducedRules, InduceInput } from '../../rules/induce/index.ts';
import { spawnWorker } from '../../workers/index.ts';
import { NightjarError, throwIfCancelled, type ErrorCode, type ErrorDetail } from '../errors.ts';

export type InduceTask = { readonly input: InduceInput; readonly seed: number };
export type InduceAnswer =
  | { readonly induced: InducedRules }
  | { readonly error: ErrorDetail & { readonly code: ErrorCode; readonly message: string } };

/** `induceRules` on a thread of its own, so that the engine goes on answering. Errors: its own, `cancelled`. */
export const induceApart = async (task: InduceTask, signal?: AbortSignal): Promise<InducedRules> => {
  throwIfCancelled(signal);
  const worker = spawnWorker(import.meta.url, './induce-worker', task);
  const stop = (): void => void worker.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const answer = await new Promise<InduceAnswer | undefined>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => resolve(undefined));
    });
    throwIfCancelled(signal);
    if (answer === undefined) throw new NightjarError('internal', 'The search for rules ended without an answer.');
    if ('induced' in answer) return answer.induced;
    const { code, message, ...detail } = answer.error;
    throw new NightjarError(code, message, detail);
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
};
