import { readActorEvents, type Column, type EventChoice } from '../../store/index.ts';
import { csvText } from '../csv.ts';
import { NightjarError } from '../errors.ts';

/** One text has to hold them. */
const MOST_EVENTS = 1_000_000;

type Connection = Parameters<typeof readActorEvents>[0];

/**
 * The chosen events of an actor, oldest first, as CSV that no spreadsheet takes for formulas: actor_id, then the columns that hold
 * something; times in ISO 8601, missing is empty. Errors: `input` for more than a million events.
 */
export const actorEventsCsv = async (
  connection: Connection,
  choice: EventChoice,
): Promise<{ rows: number; text: string }> => {
  const { total, events } = await readActorEvents(connection, { ...choice, offset: 0, limit: MOST_EVENTS });
  if (total > MOST_EVENTS) {
    throw new NightjarError('input', `There are ${total} events, more than one file can hold.`, {
      next: 'Choose a time or some actions; a million events fit.',
    });
  }
  const { rows, names, columns } = events;
  const cells = Array.from({ length: rows }, (_, row) => [
    choice.actor,
    ...columns.map((column, i) => cellOf(names[i] ?? '', column, row)),
  ]);
  return { rows, text: csvText(['actor_id', ...names], cells) };
};

const cellOf = (name: string, column: Column, row: number): string | number | null => {
  const value = column[row] ?? null;
  if (typeof value !== 'number') return value;
  if (Number.isNaN(value)) return null;
  return name === 'ts' ? new Date(value).toISOString() : value;
};
