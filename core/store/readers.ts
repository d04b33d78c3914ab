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
  return {
    read: async (work, signal) => {
      throwIfCancelled(signal);
      if (isClosed) throw new NightjarError('cancelled', 'The case was closed.');
      const connection = idle.pop() ?? (await of.connect());
      const interrupt = (): void => connection.interrupt();
      signal?.addEventListener('abort', interrupt, { once: true });
      const done = work(connection);
      busy.set(
        connection,
        done.catch(() => undefined), // told to the caller below
      );
      try {
        return await done;
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
      for (const connection of busy.keys()) connection.interrupt();
      await Promise.all(busy.values());
    },
  };
};
