import type { DuckDBConnection } from '@duckdb/node-api';

import { NightjarError, throwIfCancelled } from '../api/errors.ts';
import type { Case } from './case.ts';

/** Connections for reading: a long query never stands in the way of another, nor of the writer. */
export type Readers = {
  /** Runs `work` on a connection of its own; the signal interrupts what the connection does. Errors: those of `work`, `cancelled`. */
  read<T>(work: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Interrupts all reads and waits until they ended. */
  close(): Promise<void>;
};

/** Readers of an open case; connections are used again and closed with the case. */
export const createReaders = (of: Pick<Case, 'connect'>): Readers => {
  const idle: DuckDBConnection[] = [];
  const busy = new Map<DuckDBConnection, Promise<unknown>>();
  let isClosed = false;
  const throwIfOver = (signal: AbortSignal | undefined): void => {
    throwIfCancelled(signal);
    if (isClosed) throw new NightjarError('cancelled', 'The case was closed.');
  };
  return {
    read: async (work, signal) => {
      throwIfOver(signal);
      const connection = idle.pop() ?? (await of.connect());
      try {
        throwIfOver(signal);
      } catch (error) {
        idle.push(connection);
        throw error;
      }
      const done = work(connection);
      const ended = done.catch(() => undefined); // told to the caller below
      busy.set(connection, ended);
      const interrupt = (): void => interruptUntil(ended, connection);
      signal?.addEventListener('abort', interrupt, { once: true });
      try {
        const read = await done;
        throwIfOver(signal); // an interrupted work may have taken the part that it got for the whole
        return read;
      } catch (error) {
        throwIfCancelled(signal);
        throw error;
      } finally {
        signal?.removeEventListener('abort', interrupt);
        busy.delete(connection);
        idle.push(connection);
      }
    },
    close: async () => {
      isClosed = true;
      for (const [connection, ended] of busy) interruptUntil(ended, connection);
      await Promise.all(busy.values());
    },
  };
};

/** Interrupts again and again: DuckDB forgets an interrupt that comes before its query begins, and `work` may have another to come. */
const interruptUntil = (ended: Promise<unknown>, connection: DuckDBConnection): void => {
  connection.interrupt();
  const again = setInterval(() => connection.interrupt(), AGAIN_MILLISECONDS);
  void ended.then(() => clearInterval(again));
};

const AGAIN_MILLISECONDS = 20;
