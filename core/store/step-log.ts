import type { DuckDBConnection } from '@duckdb/node-api';
import { appendColumns } from './append-columns.ts';
import { numberColumn, readColumns, textColumn } from './read-columns.ts';

/** The logs of steps that can be undone. They are only ever added to. */
export type StepLog = 'decision_log' | 'rule_log';

/** One entry: when (milliseconds since 1970), what happened, to which step, and what that did in a few words. */
export type LogEntry = {
  readonly at: number;
  readonly event: string;
  readonly step: number;
  readonly title: string;
};

/** The log, oldest first. */
export const readLog = async (connection: DuckDBConnection, table: StepLog): Promise<readonly LogEntry[]> => {
  const log = await readColumns(connection, `SELECT made_at, event, step, title FROM ${table} ORDER BY entry`);
  const [times, steps] = [numberColumn(log, 'made_at'), numberColumn(log, 'step')];
  const titles = textColumn(log, 'title');
  return textColumn(log, 'event').map((event, i) => ({
    at: (times[i] ?? 0) / 1000,
    event: event ?? '',
    step: steps[i] ?? 0,
    title: titles[i] ?? '',
  }));
};

/** Steps that can be undone and redone, the next one last. */
export const stepsOf = (
  log: readonly LogEntry[],
): { readonly done: readonly LogEntry[]; readonly undone: readonly LogEntry[] } => {
  const done: LogEntry[] = [];
  let undone: LogEntry[] = [];
  for (const entry of log) {
    if (entry.event === 'undo') undone.push(...done.splice(-1));
    else if (entry.event === 'redo') done.push(...undone.splice(-1));
    else {
      done.push(entry);
      undone = [];
    }
  }
  return { done, undone };
};

/** Adds an entry to a log that holds `entries` of them. */
export const logStep = async (
  connection: DuckDBConnection,
  table: StepLog,
  entries: number,
  { event, step, title }: Omit<LogEntry, 'at'>,
): Promise<void> => {
  const row = { entry: entries + 1, made_at: Date.now() * 1000, event, step, title };
  await appendColumns(connection, table, 1, row);
};

/** How the steps of one log take effect. */
export type StepKind<Change> = {
  readonly log: StepLog;
  /** Puts one side of a step's changes in force. */
  readonly apply: (connection: DuckDBConnection, step: number, side: 'before' | 'after') => Promise<void>;
  readonly readChanges: (connection: DuckDBConnection, step: number) => Promise<readonly Change[]>;
  /** The change that takes a change back. */
  readonly reversed: (change: Change) => Change;
};

/**
 * Takes the latest step back, or makes it again, within the caller's transaction. Returns its changes as they now took
 * effect; null: there is none.
 */
export const moveLatest = async <Change>(
  connection: DuckDBConnection,
  { log, apply, readChanges, reversed }: StepKind<Change>,
  move: 'undo' | 'redo',
  journal: (changes: readonly Change[]) => void,
): Promise<{ readonly title: string; readonly changes: readonly Change[] } | null> => {
  const entries = await readLog(connection, log);
  const { done, undone } = stepsOf(entries);
  const target = (move === 'undo' ? done : undone).at(-1);
  if (target === undefined) return null;
  await logStep(connection, log, entries.length, { ...target, event: move });
  await apply(connection, target.step, move === 'undo' ? 'before' : 'after');
  const forth = await readChanges(connection, target.step);
  const changes = move === 'redo' ? forth : forth.map(reversed);
  journal(changes);
  return { title: target.title, changes };
};
