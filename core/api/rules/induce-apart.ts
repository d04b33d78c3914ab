import type { InducedFromEvents, InducedRules, InduceEventsInput, InduceInput } from '../../rules/induce/index.ts';
import { spawnWorker } from '../../workers/index.ts';
import { NightjarError, throwIfCancelled, type ErrorCode, type ErrorDetail } from '../errors.ts';

export type InduceTask =
  | { readonly kind: 'actors'; readonly input: InduceInput; readonly seed: number }
  | { readonly kind: 'events'; readonly input: InduceEventsInput };
export type InduceAnswer =
  | { readonly kind: 'actors'; readonly induced: InducedRules }
  | { readonly kind: 'events'; readonly induced: InducedFromEvents }
  | { readonly kind: 'error'; readonly error: ErrorDetail & { readonly code: ErrorCode; readonly message: string } };

/** `induceRules` on a thread of its own, so that the engine goes on answering. Errors: its own, `cancelled`. */
export const induceApart = async (input: InduceInput, seed: number, signal?: AbortSignal): Promise<InducedRules> => {
  const answer = await askApart({ kind: 'actors', input, seed }, signal);
  if (answer.kind === 'actors') return answer.induced;
  throw failed(answer);
};

/** `induceFromEvents`, in the same way. */
export const induceEventsApart = async (input: InduceEventsInput, signal?: AbortSignal): Promise<InducedFromEvents> => {
  const answer = await askApart({ kind: 'events', input }, signal);
  if (answer.kind === 'events') return answer.induced;
  throw failed(answer);
};

const failed = (answer: InduceAnswer): NightjarError => {
  if (answer.kind !== 'error') return new NightjarError('internal', 'The search for rules answered something else.');
  const { code, message, ...detail } = answer.error;
  return new NightjarError(code, message, detail);
};

const askApart = async (task: InduceTask, signal: AbortSignal | undefined): Promise<InduceAnswer> => {
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
    return answer;
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
};
