import { dirname } from 'node:path';
import type { EngineState } from '../../core/api/contract.ts';

/** The call of the engine that tells about jobs. */
type JobsClient = { readonly jobs: { watch(): Promise<AsyncIterable<EngineState>> } };

export type SpoolKeeper = {
  /** Remembers that a grant stands for a file that was uploaded and is a copy. */
  readonly keep: (grant: string, path: string) => void;
  /** Runs a call, remembers which copies an import reads, and removes those of a key or release that the call has read. */
  readonly watch: (path: readonly string[], input: unknown, next: () => Promise<unknown>) => Promise<unknown>;
  /** Removes the copies of an import as soon as it is done. One that failed or was cancelled may be started again. */
  readonly follow: (client: JobsClient) => Promise<void>;
};

/** Keeps uploaded copies of logs no longer than they are needed. Each lies alone in a folder, which `remove` is called with. */
export const createSpoolKeeper = (remove: (directory: string) => void): SpoolKeeper => {
  const paths = new Map<string, string>();
  const grantsOf = new Map<string, readonly string[]>();
  const drop = (grants: readonly string[]): void => {
    for (const grant of grants) {
      const path = paths.get(grant);
      paths.delete(grant);
      if (path !== undefined) remove(dirname(path));
    }
  };
  const release = (job: string): void => {
    drop(grantsOf.get(job) ?? []);
    grantsOf.delete(job);
  };
  return {
    keep: (grant, path) => void paths.set(grant, path),
    watch: async (path, input, next) => {
      const result = await next();
      const job = path.join('.') === 'jobs.startImport' ? stringAt(result, 'job') : null;
      if (job !== null) grantsOf.set(job, listAt(input, 'grants'));
      // Keys and releases are read by the call itself. After a failure, such as a mistyped passphrase, it may be made again.
      if (path[0] === 'privacy') {
        drop(
          [stringAt(input, 'key'), stringAt(input, 'file'), ...listAt(input, 'trusted')].filter((id) => id !== null),
        );
      }
      return result;
    },
    follow: async (client) => {
      for await (const { jobs } of await client.jobs.watch()) {
        for (const job of jobs) if (job.state === 'done') release(job.id);
      }
    },
  };
};

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

const stringAt = (value: unknown, key: string): string | null => {
  const found = at(value, key);
  return typeof found === 'string' ? found : null;
};

const listAt = (value: unknown, key: string): readonly string[] => {
  const found = at(value, key);
  return Array.isArray(found) ? found.filter((each): each is string => typeof each === 'string') : [];
};
