import { reshapeAnswer, type ReshapeRequest } from './messages.ts';

const PATIENCE_MS = 10_000;

type Waiting = { readonly resolve: (counts: readonly number[]) => void; readonly reject: (error: Error) => void };

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/** Events by hour of the week, summed in the worker; fails where the worker cannot start or does not answer. */
export const hourOfWeek = (times: readonly number[], counts: readonly number[]): Promise<readonly number[]> =>
  new Promise((resolve, reject) => {
    lastId += 1;
    const id = lastId;
    const timer = setTimeout(() => settle(id)?.reject(new Error('The worker did not answer.')), PATIENCE_MS);
    waiting.set(id, {
      resolve: (answer) => {
        clearTimeout(timer);
        resolve(answer);
      },
      reject: (error) => {
        clearTimeout(timer);
        reject(error);
      },
    });
    const request: ReshapeRequest = { id, kind: 'hourOfWeek', times: [...times], counts: [...counts] };
    running().postMessage(request);
  });

const running = (): Worker => {
  if (worker !== null) return worker;
  worker = new Worker(new URL('./reshape.ts', import.meta.url), { type: 'module', name: 'reshape' });
  worker.addEventListener('message', (event: MessageEvent<unknown>) => {
    const { id, counts } = reshapeAnswer.parse(event.data);
    settle(id)?.resolve(counts);
  });
  worker.addEventListener('error', () => {
    worker?.terminate();
    worker = null;
    for (const id of waiting.keys()) settle(id)?.reject(new Error('The worker could not run.'));
  });
  return worker;
};

const settle = (id: number): Waiting | undefined => {
  const found = waiting.get(id);
  waiting.delete(id);
  return found;
};
