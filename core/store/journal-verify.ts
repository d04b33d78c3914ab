import { existsSync, readFileSync } from 'node:fs';

import { withFileErrors } from './files.ts';
import { journalRoot, parseEntry, type JournalEntry } from './journal-format.ts';
import { casePaths } from './layout.ts';
import { readManifest, type Manifest } from './manifest.ts';

export type JournalFault = 'changed' | 'missing' | 'reordered' | 'truncated';

export type JournalVerdict =
  | {
      readonly ok: true;
      readonly entries: number;
      readonly hash: string;
      /** Bytes of a last line that a crash left unfinished; the next opening cuts them off. */
      readonly unfinishedBytes: number;
    }
  | { readonly ok: false; readonly line: number; readonly why: JournalFault; readonly message: string };

/**
 * Checks a case's journal from its first line to its last, without opening or changing the case.
 * It finds lines that were changed, removed, inserted, moved or cut off at the end. It is no proof against someone
 * who may write the whole directory: hashes need no key, so a journal and its manifest can be rewritten together.
 * Errors: `input`, `case-newer`, `case-damaged` from the manifest.
 */
export const verifyJournal = (directory: string): JournalVerdict =>
  checkJournal(readJournal(casePaths(directory).journal), readManifest(directory)).verdict;

/** The bytes of a journal; none when the file is missing, which `checkJournal` reports as truncated. */
export const readJournal = (path: string): Buffer =>
  withFileErrors(path, () => (existsSync(path) ? readFileSync(path) : Buffer.alloc(0)));

/** The verdict on a journal's bytes, the entries up to the first fault, and the length of the whole lines. */
export const checkJournal = (
  bytes: Buffer,
  manifest: Manifest,
): { verdict: JournalVerdict; entries: readonly JournalEntry[]; wholeBytes: number } => {
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const lines = splitLines(bytes.subarray(0, wholeBytes));
  const entries: JournalEntry[] = [];
  const done = (verdict: JournalVerdict) => ({ verdict, entries, wholeBytes });
  let hash = journalRoot(manifest.caseId);

  for (const [i, line] of lines.entries()) {
    const seq = i + 1;
    const entry = parseEntry(line);
    if (entry === undefined) return done(fault(seq, 'changed', 'is not as it was written'));
    if (entry.seq !== seq) {
      if (entry.seq < seq || hasLater(lines, i, seq)) return done(fault(seq, 'reordered', 'is out of order'));
      return done(fault(seq, 'missing', 'is missing'));
    }
    if (entry.previous !== hash) {
      return done(fault(seq, 'changed', 'does not follow from the line before it'));
    }
    if (seq === manifest.journal.entries && entry.hash !== manifest.journal.hash) {
      return done(fault(seq, 'changed', 'is not the one that the case has recorded'));
    }
    entries.push(entry);
    hash = entry.hash;
  }
  if (lines.length < manifest.journal.entries) {
    const message = `was the last of ${lines.length}, but the case has recorded ${manifest.journal.entries}`;
    return done(fault(lines.length + 1, 'truncated', message));
  }
  return done({ ok: true, entries: lines.length, hash, unfinishedBytes: bytes.length - wholeBytes });
};

const splitLines = (bytes: Buffer): readonly Buffer[] => {
  const lines: Buffer[] = [];
  for (let from = 0, to = 0; from < bytes.length; from = to + 1) {
    to = bytes.indexOf(0x0a, from);
    lines.push(bytes.subarray(from, to));
  }
  return lines;
};

const hasLater = (lines: readonly Buffer[], from: number, seq: number): boolean =>
  lines.slice(from + 1).some((line) => line.includes(`"seq":${seq},`));

const fault = (line: number, why: JournalFault, what: string): JournalVerdict => ({
  ok: false,
  line,
  why,
  message: `Line ${line} of the journal ${what}.`,
});
