import { checkChain, readChain, replaced, truncated } from './chain-verify.ts';
import type { ChainFault, ChainVerdict, CheckedChain } from './chain-verify.ts';
import { parseEntry, type JournalEntry } from './journal-format.ts';
import { casePaths } from './layout.ts';
import { readManifest, type Manifest } from './manifest.ts';

export type JournalFault = ChainFault;
export type JournalVerdict = ChainVerdict<JournalFault>;

/**
 * Checks a case's journal from its first line to its last, without opening or changing the case.
 * It finds lines that were changed, removed, inserted, moved or cut off at the end. It is no proof against someone
 * who may write the whole directory: hashes need no key, so a journal and its manifest can be rewritten together.
 * Errors: `input`, `case-newer`, `case-damaged` from the manifest.
 */
export const verifyJournal = (directory: string): JournalVerdict =>
  checkJournal(readJournal(casePaths(directory).journal), readManifest(directory)).verdict;

/** The bytes of a journal; none when the file is missing, which `checkJournal` reports as truncated. */
export const readJournal = readChain;

/** The verdict on a journal's bytes. The manifest names a head that it must contain. */
export const checkJournal = (
  bytes: Buffer,
  { caseId, journal: recorded }: Manifest,
): CheckedChain<JournalEntry, JournalFault> =>
  checkChain<JournalEntry, JournalFault>(bytes, caseId, {
    name: 'journal',
    parse: parseEntry,
    faultOf: ({ seq, hash }) => (seq === recorded.entries && hash !== recorded.hash ? replaced(seq) : undefined),
    faultOfAll: ({ length }) => (length < recorded.entries ? truncated(length, recorded.entries) : undefined),
  });
