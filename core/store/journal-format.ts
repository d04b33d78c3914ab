import { chainRoot, entryShape, formatLine, parseLine, type ChainEntry } from './chain.ts';

/** One line of the journal. */
export type JournalEntry = ChainEntry;

/** What the first entry names as its predecessor: a journal cannot be moved to another case. */
export const journalRoot = (caseId: string): string => chainRoot('journal', caseId);

/** An entry as its line, newline included. */
export const formatEntry = (body: Omit<JournalEntry, 'hash'>): { line: string; entry: JournalEntry } =>
  formatLine(body);

/** A line (its bytes, without the newline) as an entry; undefined when any byte of it is not as it was written. */
export const parseEntry = (line: Uint8Array): JournalEntry | undefined => parseLine(line, entryShape);
