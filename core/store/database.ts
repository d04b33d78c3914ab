import { availableParallelism, totalmem } from 'node:os';

import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

import { withDuckDBErrors } from './duckdb-error.ts';

export type DatabaseOptions = {
  /** Default: as many as the processor runs at once. */
  readonly threads?: number;
  /** Default: 4 GiB or half of the machine's memory, the smaller. */
  readonly memoryLimitBytes?: number;
  /** Where DuckDB may spill to. */
  readonly tmpDirectory: string;
  /** Absolute paths of the files outside that may be read (and nothing else). Default: none. */
  readonly allowedFiles?: readonly string[];
  /** The file is removed after closing: nothing is tidied into it first. */
  readonly throwaway?: boolean;
};

/** A locked-down DuckDB: one instance, one standing connection. */
export type Database = {
  readonly connection: DuckDBConnection;
  /** A further connection; closed with the database at the latest. */
  connect(): Promise<DuckDBConnection>;
  /** Closes every connection, then the file. A streamed result that was not read to its end keeps the file open. */
  close(): void;
};

const GIBIBYTE = 2 ** 30;
const defaultMemoryLimitBytes = (): number => Math.min(4 * GIBIBYTE, Math.floor(totalmem() / 2));

/**
 * Opens (or makes) a database that reaches no other file, loads no extension and cannot be reconfigured.
 * Never open one path twice in a process: DuckDB would not notice.
 * Errors: `case-damaged`, `case-locked`, `memory`, `disk-full`.
 */
export const openDatabase = (path: string, options: DatabaseOptions): Promise<Database> =>
  withDuckDBErrors(path, async () => {
    const instance = await DuckDBInstance.create(path, {
      threads: String(options.threads ?? availableParallelism()),
      memory_limit: `${options.memoryLimitBytes ?? defaultMemoryLimitBytes()}B`,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      allow_persistent_secrets: 'false',
      temp_directory: options.tmpDirectory,
      // No table's order means anything: queries that need one say so. Lets every thread write its own rows.
      preserve_insertion_order: 'false',
      storage_compatibility_version: 'latest',
    });
    try {
      const connection = await instance.connect();
      if (options.throwaway === true) await connection.run('PRAGMA disable_checkpoint_on_shutdown');
      const files = options.allowedFiles ?? [];
      if (files.length > 0) await connection.run(`SET allowed_paths = [${files.map(quoteText).join(', ')}]`);
      await connection.run('SET enable_external_access = false');
      await connection.run('SET lock_configuration = true');
      const connections = [connection];
      return {
        connection,
        connect: () =>
          withDuckDBErrors(path, async () => {
            const further = await instance.connect();
            connections.push(further);
            return further;
          }),
        close: () => {
          for (const each of connections) each.closeSync();
          instance.closeSync();
        },
      };
    } catch (error) {
      instance.closeSync();
      throw error;
    }
  });

/** A text as an SQL literal. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name as an SQL identifier. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
