import { grant as grantSchema, type Grant } from '../../core/api/contract.ts';
import { NightjarError } from '../../core/api/errors.ts';
import { defer } from './defer.ts';
import { fromErrorRecord } from './error-record.ts';
import type { EngineSettings, FirstCase, FromEngine, HostRequest, ToEngine } from './messages.ts';

/** An engine process that runs, whatever kind of process it is. */
export type EngineProcess = {
  readonly pid: () => number | undefined;
  readonly post: (message: ToEngine) => void;
  readonly onMessage: (listener: (message: FromEngine) => void) => void;
  /** `how`: in words, such as `signal SIGKILL`. */
  readonly onExit: (listener: (how: string) => void) => void;
  readonly kill: () => void;
};

export type HostEvents<P extends EngineProcess> = {
  /** A new engine serves; lines opened from now on go to it. */
  readonly onEngine?: (engine: P) => void;
  /** The engine ended unasked. A new one is on its way, unless `isLast`: then engines die as soon as they start. */
  readonly onLost?: (how: string, isLast: boolean) => void;
  readonly onMessage?: (message: FromEngine) => void;
};

export type EngineHost<P extends EngineProcess> = {
  /** The engine of now; what is posted to it before it is ready waits in its channel. */
  readonly engine: () => P;
  readonly ready: () => Promise<void>;
  /** Errors: `internal` when the engine ends before it answers. */
  readonly grant: (path: string, kind: Grant['kind'], isSpooled?: boolean) => Promise<Grant>;
  /** True while work is under way, and when the engine does not answer in time: then nobody knows. */
  readonly isBusy: () => Promise<boolean>;
  readonly resume: (directory: string) => Promise<void>;
  readonly openCase: () => string | null;
  /** Closes the case and ends the engine; kills it when it takes longer than `graceMs`. */
  readonly close: (graceMs?: number) => Promise<void>;
};

/** Engines that end this often before they were ready are not started again. */
const MOST_FAILED_STARTS = 3;
const GRACE_MS = 5000;
const PATIENCE_MS = 2000;

type Pending = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

/** Keeps one engine running: when it ends unasked, starts another that opens the same case. */
export const hostEngine = <P extends EngineProcess>(
  spawn: () => P,
  settings: EngineSettings,
  first: FirstCase,
  events: HostEvents<P> = {},
): EngineHost<P> => {
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let failedStarts = 0;
  let isReady = false;
  let isClosing = false;
  let openCase: string | null = first?.kind === 'case' ? first.directory : null;
  let readiness = defer();
  const ended = defer();

  const start = (open: FirstCase): P => {
    const engine = spawn();
    isReady = false;
    engine.onMessage((message) => {
      if (message.type === 'ready') {
        isReady = true;
        failedStarts = 0;
        readiness.resolve();
      }
      if (message.type === 'case') openCase = message.directory;
      if (message.type === 'first-failed') openCase = null;
      if (message.type === 'answer') take(message.id)?.resolve(message.value);
      if (message.type === 'refusal') take(message.id)?.reject(fromErrorRecord(message.error));
      events.onMessage?.(message);
    });
    engine.onExit(lost);
    engine.post({ type: 'start', settings, first: open });
    events.onEngine?.(engine);
    return engine;
  };
  const take = (id: number): Pending | undefined => {
    const found = pending.get(id);
    pending.delete(id);
    return found;
  };
  const lost = (how: string): void => {
    for (const { reject } of pending.values()) reject(engineEnded());
    pending.clear();
    if (isClosing) return ended.resolve();
    if (!isReady) failedStarts++;
    else readiness = defer();
    // Where the case itself may be what engines die of, the next one opens none.
    const open: FirstCase = openCase === null || failedStarts > 1 ? null : { kind: 'case', directory: openCase };
    const isLast = failedStarts >= MOST_FAILED_STARTS;
    events.onLost?.(how, isLast);
    if (isLast) readiness.reject(engineEnded());
    else current = start(open);
  };
  const ask = (request: HostRequest): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      pending.set(id, { resolve, reject });
      current.post({ type: 'request', id, request });
    });
  let current = start(first);
  return {
    engine: () => current,
    ready: () => readiness.promise,
    grant: async (path, kind, isSpooled = false) => {
      await readiness.promise;
      return grantSchema.parse(await ask({ what: 'grant', path, kind, isSpooled }));
    },
    isBusy: async () => isReady && (await Promise.race([ask({ what: 'busy' }), after(PATIENCE_MS)])) !== false,
    resume: async (directory) => {
      await readiness.promise;
      await ask({ what: 'resume', directory });
    },
    openCase: () => openCase,
    close: async (graceMs = GRACE_MS) => {
      if (!isClosing) {
        isClosing = true;
        current.post({ type: 'close' });
      }
      const timer = setTimeout(() => current.kill(), graceMs);
      await ended.promise;
      clearTimeout(timer);
    },
  };
};

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const engineEnded = (): NightjarError =>
  new NightjarError('internal', 'The engine ended before it answered.', { next: 'Try it again.' });
