import { setImmediate as nextTurn } from 'node:timers/promises';
import { os } from '@orpc/server';
import { z } from 'zod';
import { arrowTable, errorMap } from '../../../core/api/contract/common.ts';
import { createEngine } from '../../../core/api/router.ts';
import { patternOf } from './pattern.ts';

const base = os.errors(errorMap);
let streamsOpen = 0;
let callsWaiting = 0;

/** Procedures that show what a transport does; the engine's own are beside them. */
export const probes = {
  fail: base.handler(({ errors }) => {
    throw errors['case-locked']({ message: 'The case is open elsewhere.', data: { where: 'case', next: 'Close it.' } });
  }),
  table: base
    .input(z.object({ bytes: z.number() }))
    .output(arrowTable)
    .handler(({ input }) => new Blob([patternOf(input.bytes)])),
  count: base.input(z.object({ to: z.number() })).handler(async function* ({ input }) {
    streamsOpen++;
    try {
      for (let i = 0; i < input.to; i++) {
        yield i;
        await nextTurn(); // a stream of nothing but microtasks would keep the cancel from being read
      }
    } finally {
      streamsOpen--;
    }
  }),
  failingStream: base.handler(async function* ({ errors }) {
    yield 1;
    throw errors.memory({ message: 'Not enough memory.', data: { next: 'Give it more.' } });
  }),
  wait: base.handler(
    ({ signal }) =>
      new Promise<void>((resolve) => {
        callsWaiting++;
        signal?.addEventListener('abort', () => {
          callsWaiting--;
          resolve();
        });
      }),
  ),
  open: base.handler(() => ({ streamsOpen, callsWaiting })),
};

/** The engine, with the probes beside its own calls. */
export const createEngineWithProbes = (options: Parameters<typeof createEngine>[0]) => {
  const engine = createEngine(options);
  return { ...engine, router: { ...engine.router, probes } };
};
