import { integer, oneOf, type OptionValues } from './command.ts';
import { queueCsv } from './queue-csv.ts';
import { queueTable, type Listed } from './queue-table.ts';
import { inertJson, type Terminal } from './terminal.ts';

const FORMATS = ['table', 'json', 'csv'] as const;
/** Actors printed as a table where nobody says how many. */
const TABLE_ROWS = 20;

/** How a queue is printed, and how much of it. */
export type QueueOutput = { readonly format: (typeof FORMATS)[number]; readonly top: number };

export const QUEUE_OPTIONS = { top: { type: 'string' }, format: { type: 'string' } } as const;

export const QUEUE_HELP = `  --top N                actors to print (default: ${TABLE_ROWS} as a table, all as JSON or CSV)
  --format table|json|csv`;

/** `--format` and `--top`. Errors: `usage`. */
export const queueOutput = (values: OptionValues): QueueOutput => {
  const format = oneOf(values, 'format', FORMATS) ?? 'table';
  return { format, top: integer(values, 'top', 1, 1e9) ?? (format === 'table' ? TABLE_ROWS : Infinity) };
};

/** Prints the first actors of a queue. */
export const printQueue = ({ run, actors }: Listed, { format, top }: QueueOutput, terminal: Terminal): void => {
  const shown = { run, actors: actors.slice(0, top) };
  if (format === 'json') terminal.out(`${inertJson(shown)}\n`);
  else if (format === 'csv') terminal.out(queueCsv(shown));
  else terminal.out(queueTable(shown, actors.length, terminal.columns));
};
