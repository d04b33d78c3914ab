import { existsSync, readFileSync } from 'node:fs';

import { withFileErrors } from './files.ts';
import type { JournalEntry } from './journal-format.ts';
import { checkJournal, readJournal } from './journal-verify.ts';
import { ledgerRoot, parseLedgerEntry, type ChainHead, type LedgerEntry } from './ledger-format.ts';
import { casePaths } from './layout.ts';
import { readManifest, type Manifest } from './manifest.ts';

export type LedgerFault = 'changed' | 'missing' | 'reordered' | 'truncated' | 'journal';

export type LedgerVerdict =
  | {
      readonly ok: true;
      readonly entries: number;
      readonly hash: string;
      /** Bytes of a last line that a crash left unfinished; nothing was released for it. The next opening cuts them off. */
      readonly unfinishedBytes: number;
    }
  | { readonly ok: false; readonly line: number; readonly why: LedgerFault; readonly message: string };

/** What was read of a ledger: the verdict, the entries up to the first fault, and the length of the whole lines. */
export type CheckedLedger = {
  readonly verdict: LedgerVerdict;
  readonly entries: readonly LedgerEntry[];
  readonly wholeBytes: number;
};

/**
 * Checks a case's ledger from its first line to its last, against the manifest and the journal, without opening or
 * changing the case. It finds lines that were changed, removed, inserted, moved or cut off, and a ledger that is older
 * or newer than the journal beside it. It cannot find that the whole directory was put back from an older copy: see
 * `ledger-memory.ts`. Errors: `input`, `case-newer`, `case-damaged` from the manifest.
 */
export const verifyLedger = (directory: string): CheckedLedger => {
  const manifest = readManifest(directory);
  const paths = casePaths(directory);
  const journal = checkJournal(readJournal(paths.journal), manifest);
  const ledger = checkLedger(readLedger(paths.ledger), manifest, journal.entries);
  if (journal.verdict.ok || !ledger.verdict.ok) return ledger;
  return { ...ledger, verdict: fault(ledger.entries.length + 1, 'journal', `: ${journal.verdict.message}`) };
};

/** The bytes of a ledger; none where nothing was ever entered, or the file is missing: `checkLedger` tells which. */
export const readLedger = (path: string): Buffer =>
  withFileErrors(path, () => (existsSync(path) ? readFileSync(path) : Buffer.alloc(0)));

/** The verdict on a ledger's bytes. The manifest and the journal name heads that it must contain, and it names theirs. */
export const checkLedger = (bytes: Buffer, manifest: Manifest, journal: readonly JournalEntry[]): CheckedLedger => {
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const lines = splitLines(bytes.subarray(0, wholeBytes));
  const entries: LedgerEntry[] = [];
  const done = (verdict: LedgerVerdict): CheckedLedger => ({ verdict, entries, wholeBytes });
  let hash = ledgerRoot(manifest.caseId);

  for (const [i, line] of lines.entries()) {
    const seq = i + 1;
    const entry = parseLedgerEntry(line);
    if (entry === undefined) return done(fault(seq, 'changed', ' is not as it was written'));
    if (entry.seq !== seq) {
      const isMoved = entry.seq < seq || lines.slice(i + 1).some((later) => later.includes(`"seq":${seq},"hash":`));
      return done(fault(seq, isMoved ? 'reordered' : 'missing', isMoved ? ' is out of order' : ' is missing'));
    }
    if (entry.previous !== hash) return done(fault(seq, 'changed', ' does not follow from the line before it'));
    if (journal[entry.journal.entries - 1]?.hash !== entry.journal.hash) {
      return done(fault(seq, 'journal', ' was written beside another journal than this one'));
    }
    entries.push(entry);
    hash = entry.hash;
  }
  for (const head of namedHeads(manifest, journal)) {
    if (head.entries > entries.length) {
      const what = ` was the last of ${entries.length}, but the case has recorded ${head.entries}`;
      return done(fault(entries.length + 1, 'truncated', what));
    }
    if (head.entries > 0 && entries[head.entries - 1]?.hash !== head.hash) {
      return done(fault(head.entries, 'changed', ' is not the one that the case has recorded'));
    }
  }
  return done({ ok: true, entries: entries.length, hash, unfinishedBytes: bytes.length - wholeBytes });
};

/** The event under which the journal names each entry of the ledger. */
export const LEDGER_EVENT = 'ledger.entry';

/** The heads of the ledger that the journal names, oldest first. */
export const headsInJournal = (journal: readonly JournalEntry[]): readonly ChainHead[] =>
  journal.flatMap(({ event, detail }) => {
    const { entries, hash } = detail;
    return event === LEDGER_EVENT && typeof entries === 'number' && typeof hash === 'string' ? [{ entries, hash }] : [];
  });

const namedHeads = (manifest: Manifest, journal: readonly JournalEntry[]): readonly ChainHead[] => [
  ...headsInJournal(journal),
  ...(manifest.ledger === undefined ? [] : [manifest.ledger]),
];

const splitLines = (bytes: Buffer): readonly Buffer[] => {
  const lines: Buffer[] = [];
  for (let from = 0, to = 0; from < bytes.length; from = to + 1) {
    to = bytes.indexOf(0x0a, from);
    lines.push(bytes.subarray(from, to));
  }
  return lines;
};

const fault = (line: number, why: LedgerFault, what: string): LedgerVerdict => ({
  ok: false,
  line,
  why,
  message: `Line ${line} of the ledger${what}.`,
});
