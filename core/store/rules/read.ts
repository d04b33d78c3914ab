import type { DuckDBConnection } from '@duckdb/node-api';

import { numberColumn, readColumns, textColumn } from '../read-columns.ts';
import { readLog, type LogEntry } from '../step-log.ts';

export type RuleState = 'draft' | 'shadow' | 'live' | 'retired';

/** A saved version of a rule; times in milliseconds since 1970. */
export type StoredRule = {
  readonly id: string;
  readonly version: number;
  /** Null: removed, or its saving undone. Kept, so that no number is given twice. */
  readonly state: RuleState | null;
  readonly text: string;
  readonly title: string;
  readonly author: string;
  readonly note: string;
  readonly savedAt: number;
};

export type RuleEvent = 'save' | 'state' | 'remove' | 'undo' | 'redo';

/** One entry of the log of steps. */
export type RuleLogEntry = LogEntry & { readonly event: RuleEvent };

/** Every version of every rule, by id and version. */
export const readRules = async (connection: DuckDBConnection): Promise<readonly StoredRule[]> => {
  const read = await readColumns(connection, 'SELECT * FROM rules ORDER BY rule_id, version');
  const text = (name: string): readonly (string | null)[] => textColumn(read, name);
  const [states, texts, titles] = [text('state'), text('text'), text('title')];
  const [authors, notes] = [text('author'), text('note')];
  const [versions, times] = [numberColumn(read, 'version'), numberColumn(read, 'saved_at')];
  return text('rule_id').map((id, i) => ({
    id: id ?? '',
    version: versions[i] ?? 0,
    state: asRuleState(states[i]),
    text: texts[i] ?? '',
    title: titles[i] ?? '',
    author: authors[i] ?? '',
    note: notes[i] ?? '',
    savedAt: (times[i] ?? 0) / 1000,
  }));
};

/** The log, oldest first. */
export const readRuleLog = async (connection: DuckDBConnection): Promise<readonly RuleLogEntry[]> =>
  (await readLog(connection, 'rule_log')).map((entry) => ({ ...entry, event: asRuleEvent(entry.event) }));

export const asRuleState = (text: string | null | undefined): RuleState | null =>
  text === 'draft' || text === 'shadow' || text === 'live' || text === 'retired' ? text : null;

const asRuleEvent = (text: string): RuleEvent =>
  text === 'state' || text === 'remove' || text === 'undo' || text === 'redo' ? text : 'save';
