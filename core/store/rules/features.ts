import type { DuckDBConnection } from '@duckdb/node-api';

import type { RuleFeatures } from '../../rules/schema.ts';
import { readRunFeatures } from '../explore/run-features.ts';
import { readColumns, textColumn } from '../read-columns.ts';

/** The manifest of the latest ranking as it was saved; undefined before the first. */
export const readRunManifestJson = async (connection: DuckDBConnection): Promise<unknown> => {
  const runs = await readColumns(
    connection,
    "SELECT manifest FROM runs WHERE kind = 'detect' ORDER BY ordinal DESC LIMIT 1",
  );
  const manifest = textColumn(runs, 'manifest')[0];
  return typeof manifest === 'string' ? JSON.parse(manifest) : undefined;
};

/** Features of the latest ranking as rules take them; undefined where the case keeps no such table, or it lacks one of them. */
export const readRuleFeatures = async (
  connection: DuckDBConnection,
  names: readonly string[],
): Promise<RuleFeatures | undefined> => {
  const table = await readRunFeatures(connection, names);
  if (table === undefined) return undefined;
  return {
    actors: table.actors,
    columns: new Map(names.map((name, j) => [name, table.columns[j] ?? new Float64Array()])),
  };
};
