import type { DuckDBConnection } from '@duckdb/node-api';

import { numberColumn, readColumns, textColumn } from '../read-columns.ts';

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
export type RuleLogEntry = {
  readonly at: number;
  readonly event: RuleEvent;
  readonly step: number;
  readonly title: string;
};

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
export const readRuleLog = async (connection: DuckDBConnection): Promise<readonly RuleLogEntry[]> => {
  const log = await readColumns(connection, 'SELECT made_at, event, step, title FROM rule_log ORDER BY entry');
  const [times, steps] = [numberColumn(log, 'made_at'), numberColumn(log, 'step')];
  const titles = textColumn(log, 'title');
  return textColumn(log, 'event').map((event, i) => ({
    at: (times[i] ?? 0) / 1000,
    event: asRuleEvent(event),
    step: steps[i] ?? 0,
    title: titles[i] ?? '',
  }));
};

/** Steps that can be undone and redone, the next one last. */
export const ruleSteps = (
  log: readonly RuleLogEntry[],
): { readonly done: readonly RuleLogEntry[]; readonly undone: readonly RuleLogEntry[] } => {
  const done: RuleLogEntry[] = [];
  let undone: RuleLogEntry[] = [];
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

export const asRuleState = (text: string | null | undefined): RuleState | null =>
  text === 'draft' || text === 'shadow' || text === 'live' || text === 'retired' ? text : null;

const asRuleEvent = (text: string | null): RuleEvent =>
  text === 'state' || text === 'remove' || text === 'undo' || text === 'redo' ? text : 'save';
