import { checkChain, readChain, replaced, truncated } from './chain-verify.ts';
import type { ChainFault, CheckedChain } from './chain-verify.ts';
import type { JournalEntry } from './journal-format.ts';
import { checkJournal } from './journal-verify.ts';
import { parseLedgerEntry, type ChainHead, type LedgerEntry } from './ledger-format.ts';
import { casePaths } from './layout.ts';
import { readManifest, type Manifest } from './manifest.ts';

export type LedgerFault = ChainFault | 'journal';
export type CheckedLedger = CheckedChain<LedgerEntry, LedgerFault>;

/**
 * Checks a case's ledger from its first line to its last, against the manifest and the journal, without opening or
 * changing the case. It finds lines that were changed, removed, inserted, moved or cut off, and a ledger that is older
 * or newer than the journal beside it. It cannot find that the whole directory was put back from an older copy: see
 * `ledger-memory.ts`. Errors: `input`, `case-newer`, `case-damaged` from the manifest.
 */
export const verifyLedger = (directory: string): CheckedLedger => {
  const manifest = readManifest(directory);
  const paths = casePaths(directory);
  const journal = checkJournal(readChain(paths.journal), manifest);
  const ledger = checkLedger(readChain(paths.ledger), manifest, journal.entries);
  if (journal.verdict.ok || !ledger.verdict.ok) return ledger;
  const line = ledger.entries.length + 1;
  const message = `Line ${line} of the ledger: ${journal.verdict.message}`;
  return { ...ledger, verdict: { ok: false, line, why: 'journal', message } };
};

/** The verdict on a ledger's bytes. The manifest and the journal name heads that it must contain, and it names theirs. */
export const checkLedger = (bytes: Buffer, manifest: Manifest, journal: readonly JournalEntry[]): CheckedLedger =>
  checkChain<LedgerEntry, LedgerFault>(bytes, manifest.caseId, {
    name: 'ledger',
    parse: parseLedgerEntry,
    faultOf: ({ seq, journal: beside }) =>
      journal[beside.entries - 1]?.hash === beside.hash
        ? undefined
        : { line: seq, why: 'journal', what: 'was written beside another journal than this one' },
    faultOfAll: (entries) => {
      for (const { entries: length, hash } of namedHeads(manifest, journal)) {
        if (length > entries.length) return truncated(entries.length, length);
        if (length > 0 && entries[length - 1]?.hash !== hash) return replaced(length);
      }
      return undefined;
    },
  });

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
