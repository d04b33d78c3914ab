import { rmSync } from 'node:fs';
import { createRouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/websocket';
import { createEngine, type Engine } from '../../core/api/router.ts';
import { toErrorRecord } from './error-record.ts';
import type { FramePort } from './frame-port.ts';
import type { EngineSettings, FirstCase, FromEngine, HostRequest, ToEngine } from './messages.ts';
import { reportFault } from './report-fault.ts';
import { serve } from './serve.ts';
import { createSpoolKeeper, type SpoolKeeper } from './spool-keeper.ts';

/** How an engine process talks to the process that started it. */
export type HostChannel = {
  readonly post: (message: FromEngine) => void;
  /** `port` comes with `line` and `line-open`. */
  readonly onMessage: (listener: (message: ToEngine, port: FramePort | null) => void) => void;
};

type Running = {
  readonly engine: Engine;
  readonly handler: RPCHandler<object>;
  readonly spool: SpoolKeeper;
};

/**
 * The life of an engine process: makes the engine it is told to make, serves pages, and ends when its host says so.
 * `make`: what makes the engine.
 */
export const runEngine = ({ post, onMessage }: HostChannel, make = createEngine): void => {
  let running: Running | null = null;
  let early: FramePort[] | null = []; // pages wait until the first case is open: none shall see an engine without it
  const start = async (settings: EngineSettings, first: FirstCase): Promise<void> => {
    running = create(make, settings, (directory) => post({ type: 'case', directory }));
    const { engine, handler } = running;
    try {
      await openFirst(engine, first);
    } catch (error) {
      post({ type: 'first-failed', error: toErrorRecord(error) });
    }
    for (const port of early ?? []) serve(handler, port);
    early = null;
    post({ type: 'ready' });
  };
  onMessage((message, port) => {
    if (port !== null) {
      if (early !== null) early.push(port);
      else if (running !== null) serve(running.handler, port);
    }
    if (message.type === 'start') void start(message.settings, message.first);
    if (message.type === 'close') void close(running);
    if (message.type === 'request') {
      answer(running, message.request).then(
        (value) => post({ type: 'answer', id: message.id, value }),
        (error: unknown) => post({ type: 'refusal', id: message.id, error: toErrorRecord(error) }),
      );
    }
  });
};

const create = (
  make: typeof createEngine,
  settings: EngineSettings,
  onCase: (directory: string | null) => void,
): Running => {
  const engine = make({ ...settings, onCase });
  const spool = createSpoolKeeper((path) => rmSync(path, { recursive: true, force: true }));
  const handler = new RPCHandler(engine.router, {
    clientInterceptors: [
      async ({ path, input, next }) => {
        try {
          return await spool.watch(path, input, next);
        } catch (error) {
          reportFault(path, error);
          throw error;
        }
      },
    ],
  });
  void spool.follow(createRouterClient(engine.router));
  return { engine, handler, spool };
};

const openFirst = async (engine: Engine, first: FirstCase): Promise<void> => {
  if (first?.kind === 'case') await engine.resume(first.directory);
  if (first?.kind === 'sample') await createRouterClient(engine.router).case.openSample();
};

const answer = async (running: Running | null, request: HostRequest): Promise<unknown> => {
  if (running === null) throw new Error('asked before it was started');
  const { engine, spool } = running;
  if (request.what === 'busy') return engine.isBusy();
  if (request.what === 'resume') return engine.resume(request.directory);
  const grant = engine.grant(request.path, request.kind);
  if (request.isSpooled) spool.keep(grant.id, request.path);
  return grant;
};

/** The case is closed as far as it can be; the process ends in any case. */
const close = async (running: Running | null): Promise<void> => {
  try {
    await running?.engine.close();
    process.exit(0);
  } catch (error) {
    process.stderr.write(`nightjar: the engine did not close cleanly: ${toErrorRecord(error).message}\n`);
    process.exit(1);
  }
};
