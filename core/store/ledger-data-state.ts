import { createHash } from 'node:crypto';

import type { DuckDBConnection } from '@duckdb/node-api';

import { readColumns, textColumn } from './read-columns.ts';

/**
 * What the case's data are at this moment, as one hash: over the random ids that imports and runs were given, never over a
 * row, so that it tells nobody anything about them. Equal states hold equal rows: an import or a run is never changed.
 */
export const dataState = async (connection: DuckDBConnection): Promise<string> => {
  const imports = await readColumns(connection, 'SELECT import_id FROM imports ORDER BY ordinal, import_id');
  const runs = await readColumns(connection, 'SELECT run_id FROM runs ORDER BY ordinal DESC LIMIT 1');
  const ids = [...textColumn(imports, 'import_id'), '', ...textColumn(runs, 'run_id')];
  return createHash('sha256').update(ids.join('\n')).digest('hex');
};
