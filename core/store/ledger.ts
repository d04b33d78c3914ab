import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

import { NightjarError } from '../api/errors.ts';
import { cutOff, readChain } from './chain-verify.ts';
import { timeNow } from './clock.ts';
import { syncDirectory, withFileErrors, writeFully } from './files.ts';
import { newIdentifier } from './identifiers.ts';
import { journalRoot } from './journal-format.ts';
import type { Journal, ManifestHolder } from './journal.ts';
import type { JsonObject } from './json.ts';
import { casePaths, FILE_MODE } from './layout.ts';
import { formatLedgerEntry, ledgerRoot } from './ledger-format.ts';
import type { ChainHead, LedgerEntry, LedgerLineStart } from './ledger-format.ts';
import { isRemembered, type LedgerMemory } from './ledger-memory.ts';
import { checkLedger, headsInJournal, LEDGER_EVENT } from './ledger-verify.ts';

/**
 * The ledger of an open case: what was asked, approved, spent and answered. It is only ever added to. As the case's lock
 * admits one process, and `append` runs without a pause from reading the head to the disk's word, two debits never see
 * the same head.
 */
export type Ledger = {
  /**
   * Writes one entry, durable when this returns. `make` gets all entries so far and how the line will begin, so that it can
   * be signed whole, and may throw to refuse: then nothing is written. `detail` must never hold a raw value of a log or an unreleased
   * count. Errors: those of `make`; `case-damaged` where this machine remembers a newer ledger; `disk-full`, after which
   * nothing more is accepted until the case is opened anew.
   */
  append(event: string, make: (entries: readonly LedgerEntry[], start: LedgerLineStart) => JsonObject): LedgerEntry;
  /** All entries, oldest first. */
  entries(): readonly LedgerEntry[];
  head(): ChainHead;
  close(): void;
};

/** What a ledger stands beside. */
export type LedgerSite = {
  readonly directory: string;
  readonly holder: ManifestHolder;
  readonly journal: Journal;
  readonly memory: LedgerMemory;
};

/**
 * Opens the ledger of a case, checked from end to end; a new case has an empty one, without a file. A last line that a
 * crash left unfinished is cut off: noise is drawn only after a whole line is on disk, so nothing was released for it.
 * A whole last line that the journal does not yet name counts, and is named now. Errors: `case-damaged`.
 */
export const openLedger = (site: LedgerSite): Ledger => {
  const { directory, holder, journal, memory } = site;
  const { ledger: path } = casePaths(directory);
  const { verdict, entries, wholeBytes } = checkLedger(readChain(path), holder.current, journal.entries());
  if (!verdict.ok) {
    const next = 'Put ledger.ndjson, journal.ndjson and case.json back from one and the same, latest backup.';
    throw new NightjarError('case-damaged', verdict.message, { where: path, next });
  }
  if (verdict.unfinishedBytes > 0) {
    cutOff(path, wholeBytes);
    journal.append('ledger.repaired', { bytesCut: verdict.unfinishedBytes });
  }
  const isCurrent = isRemembered(memory.recall(), entries);
  const ledger = attach(site, [...entries], isCurrent ? undefined : rolledBack(path));
  const last = entries.at(-1);
  if (last !== undefined && isCurrent) {
    const known = headsInJournal(journal.entries()).at(-1)?.entries ?? 0;
    if (known < entries.length) name(site, { entries: entries.length, hash: last.hash }, last.event);
  }
  return ledger;
};

const attach = (site: LedgerSite, entries: LedgerEntry[], refusal: NightjarError | undefined): Ledger => {
  const { directory, holder } = site;
  const { ledger: path } = casePaths(directory);
  let refused = refusal;
  let fd: number | undefined;

  const head = (): ChainHead => ({
    entries: entries.length,
    hash: entries.at(-1)?.hash ?? ledgerRoot(holder.current.caseId),
  });
  const write = (line: Buffer): void =>
    withFileErrors(path, () => {
      try {
        if (fd === undefined) {
          fd = openSync(path, 'a', FILE_MODE);
          syncDirectory(dirname(path));
        }
        writeFully(fd, line);
        fsyncSync(fd);
      } catch (error) {
        // What is on disk now is not known, and must not be built on: the next opening looks.
        refused = unsure(path);
        throw error;
      }
    });

  return {
    append: (event, make) => {
      if (refused !== undefined) throw refused;
      const start: LedgerLineStart = {
        seq: entries.length + 1,
        at: timeNow(),
        journal: journalHead(site),
        nonce: newIdentifier(),
        previous: head().hash,
      };
      const { line, entry } = formatLedgerEntry({ ...start, event, detail: make(entries, start) });
      write(Buffer.from(line));
      entries.push(entry);
      name(site, head(), event);
      return entry;
    },
    entries: () => [...entries],
    head,
    close: () => {
      if (fd !== undefined) closeSync(fd);
      fd = undefined;
      refused ??= new NightjarError('internal', 'The case is closed.');
    },
  };
};

/** Writes a new head where a loss of the ledger's end will be found: after the line, never before. */
const name = ({ holder, journal, memory }: LedgerSite, head: ChainHead, event: string): void => {
  memory.remember(head);
  holder.current = { ...holder.current, ledger: head };
  journal.append(LEDGER_EVENT, { ...head, event }); // writes the manifest, too
};

const journalHead = ({ journal, holder }: LedgerSite): ChainHead => {
  const entries = journal.entries();
  return { entries: entries.length, hash: entries.at(-1)?.hash ?? journalRoot(holder.current.caseId) };
};

const rolledBack = (where: string): NightjarError =>
  new NightjarError(
    'case-damaged',
    'This machine remembers a newer ledger of this case: it is an older copy, or another copy was spent from.',
    { where, next: 'Go on with the newest copy. Nothing can be released from this one.' },
  );

const unsure = (where: string): NightjarError =>
  new NightjarError('case-damaged', 'The ledger could not be written before, and takes nothing until it is checked.', {
    where,
    next: 'Close the case and open it again.',
  });
