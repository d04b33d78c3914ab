import { ORPCError } from '@orpc/client';
import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { createStore } from '../store.ts';
import type { Store } from '../store.ts';

export type Link = ClientLink<ClientContext>;

/** Why a line ended: the engine ended, the line was cut, or the other end does not know us. */
export type LossReason = 'engine' | 'line' | 'refused';

/** A way to an engine that keeps itself up: after `onLost` it comes back with another `onOpen`, unless it was refused. */
export type Transport = {
  readonly start: (events: {
    readonly onOpen: (link: Link) => void;
    readonly onLost: (reason: LossReason) => void;
  }) => void;
};

export type Connection = {
  /** `resumed`: open again after a loss, until `settle` is called. */
  readonly state: 'connecting' | 'open' | 'lost' | 'resumed' | 'refused';
  readonly reason: LossReason | null;
  /** Raised with every line that opens; what was read over an earlier one may be stale. */
  readonly generation: number;
};

/** The page has no line to an engine and will not get one by itself. */
export class RefusedError extends Error {
  constructor() {
    super('This page is not connected to Nightjar.');
    this.name = 'RefusedError';
  }
}

/** The line was cut before an answer came: what was asked for may have been done, or not. */
export class LineLossError extends Error {
  constructor() {
    super('The line to Nightjar was cut before the answer came.');
    this.name = 'LineLossError';
  }
}

/** One link over whatever line is up: calls made while none is wait for the next; calls under way when it is lost fail. */
export const connectThrough = (
  transport: Transport,
): { readonly link: Link; readonly connection: Store<Connection>; readonly settle: () => void } => {
  const connection = createStore<Connection>({ state: 'connecting', reason: null, generation: 0 });
  const line = createStore<Link | null>(null);
  transport.start({
    onOpen: (link) => {
      const { state, reason, generation } = connection.get();
      line.set(link);
      connection.set({ state: state === 'lost' ? 'resumed' : 'open', reason, generation: generation + 1 });
    },
    onLost: (reason) => {
      line.set(null);
      const { generation } = connection.get();
      const state = reason === 'refused' ? 'refused' : generation === 0 ? 'connecting' : 'lost';
      connection.set({ state, reason, generation });
    },
  });
  const call: Link['call'] = async (path, input, options: ClientOptions<ClientContext>) => {
    const link = line.get() ?? (await nextLine(line, connection, options.signal));
    try {
      return await link.call(path, input, options);
    } catch (error) {
      const isAnswer = error instanceof ORPCError || options.signal?.aborted === true || line.get() === link;
      throw isAnswer ? error : new LineLossError();
    }
  };
  const settle = (): void => {
    const now = connection.get();
    if (now.state === 'resumed') connection.set({ ...now, state: 'open' });
  };
  return { link: { call }, connection, settle };
};

const nextLine = (line: Store<Link | null>, connection: Store<Connection>, signal?: AbortSignal): Promise<Link> =>
  new Promise((resolve, reject) => {
    const check = (): void => {
      const link = line.get();
      if (link !== null) finish(() => resolve(link));
      else if (connection.get().state === 'refused') finish(() => reject(new RefusedError()));
    };
    const abort = (): void => finish(() => reject(signal?.reason ?? new DOMException('Aborted', 'AbortError')));
    const stops = [line.subscribe(check), connection.subscribe(check)];
    const finish = (settle: () => void): void => {
      for (const stop of stops) stop();
      signal?.removeEventListener('abort', abort);
      settle();
    };
    if (signal?.aborted) abort();
    else {
      signal?.addEventListener('abort', abort);
      check();
    }
  });
