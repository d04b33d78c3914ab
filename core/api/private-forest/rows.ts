import type { ForestRows, ForestSettings } from '../../release/private-forest/index.ts';
import type { Case } from '../../store/index.ts';
import { quoteName } from '../../store/database.ts';
import { numberColumn, readColumns } from '../../store/read-columns.ts';
import { readReleaseColumns } from '../../store/release-columns.ts';
import { inTransaction } from '../../store/transaction.ts';
import { NightjarError } from '../errors.ts';

type Connection = Case['connection'];

/** SQL names of the features, in the settings' order. Throws `usage` where one is missing or may not leave. */
export const requireFeatures = async (
  connection: Connection,
  { features }: ForestSettings,
): Promise<readonly string[]> => {
  const columns = await readReleaseColumns(connection, 'actors');
  if (columns.length === 0) {
    throw new NightjarError('input', 'The case holds no table of actors.', { next: 'Rank its actors first (detect).' });
  }
  const open = columns.filter(({ use }) => use === 'open');
  return features.map(({ name }) => {
    const found = open.find((column) => column.name === name);
    if (found !== undefined) return found.sqlName;
    const why = columns.some((column) => column.name === name)
      ? 'The feature depends on other actors, or names somebody, and no forest that leaves may use it.'
      : 'There is no such feature.';
    const next = `Features that may be used: ${open.map((column) => column.name).join(', ')}.`;
    throw new NightjarError('usage', why, { where: name, next });
  });
};

/** The features of every actor of the latest run. Errors: those of `requireFeatures`. */
export const readRows = (connection: Connection, settings: ForestSettings): Promise<ForestRows> =>
  inTransaction(connection, 'data.duckdb', async () => {
    const names = await requireFeatures(connection, settings);
    const selected = names.map((name, i) => `CAST(${quoteName(name)} AS DOUBLE) AS feature_${i}`);
    const read = await readColumns(
      connection,
      `SELECT dense_rank() OVER (ORDER BY actor_id) - 1 AS actor, ${selected.join(', ')}
       FROM run_features WHERE actor_id IS NOT NULL ORDER BY actor_id, "position"`,
    );
    const actor = Uint32Array.from(numberColumn(read, 'actor'));
    const columns = names.map((_, i) => numberColumn(read, `feature_${i}`));
    return { actor, actors: actor.reduce((most, code) => Math.max(most, code + 1), 0), columns };
  });
