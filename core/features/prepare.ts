import type { DuckDBConnection } from '@duckdb/node-api';
import { NightjarError } from '../api/errors.ts';
import { duckdb } from './dialect.ts';
import type { Context } from './feature.ts';

/** The part of `available` that table `events` really has. Throws `input` without an actor column. */
export const columnsPresent = async (
  connection: DuckDBConnection,
  available: ReadonlySet<string>,
): Promise<ReadonlySet<string>> => {
  const result = await connection.run('SELECT * FROM events LIMIT 0');
  const present = new Set(result.columnNames().filter((column) => available.has(column)));
  if (!present.has('actor_id')) {
    throw new NightjarError('input', 'The events name no actor.', {
      where: 'actor_id',
      next: 'Map the column that says who did it to actor_id.',
    });
  }
  return present;
};

/** The duckdb context of a per-actor build. */
export const actorContext = (available: ReadonlySet<string>, where: string | undefined): Context => ({
  dialect: duckdb,
  available,
  scope: 'actor',
  ...(where === undefined ? {} : { where }),
});

export const noEvents = (): NightjarError =>
  new NightjarError('input', 'No event is left to compute features from.', {
    where: 'events',
    next: 'Check the mapping of the actor column and the time range.',
  });
