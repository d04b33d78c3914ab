import { closeSync, fsyncSync, ftruncateSync, openSync, rmSync } from 'node:fs';

import { NightjarError } from '../api/errors.ts';
import { cutOff, readChain } from './chain-verify.ts';
import { timeNow } from './clock.ts';
import { withFileErrors, writeFully } from './files.ts';
import { formatEntry, journalRoot, type JournalEntry } from './journal-format.ts';
import { checkJournal } from './journal-verify.ts';
import type { JsonObject } from './json.ts';
import { casePaths, FILE_MODE } from './layout.ts';
import { writeManifest, type Manifest } from './manifest.ts';

/** The journal of an open case. */
export type Journal = {
  /** Writes one entry; it is on disk when this returns. `detail` must never hold a raw value of a log. */
  append(event: string, detail?: JsonObject): JournalEntry;
  /** All entries, oldest first. */
  entries(): readonly JournalEntry[];
  close(): void;
};

/** Where a manifest is kept while a case is open. */
export type ManifestHolder = { current: Manifest };

/** Starts the journal of a new case. */
export const createJournal = (directory: string, holder: ManifestHolder): Journal => {
  const { journal: path } = casePaths(directory);
  rmSync(path, { force: true });
  return attach(directory, holder, []);
};

/**
 * Opens the journal of a case, checked from end to end. A last line that a crash left unfinished is cut off, which
 * is journalled as `journal.repaired`. Errors: `case-damaged` for every other fault.
 */
export const openJournal = (directory: string, holder: ManifestHolder): Journal => {
  const { journal: path } = casePaths(directory);
  const { verdict, entries, wholeBytes } = checkJournal(readChain(path), holder.current);
  if (!verdict.ok) {
    const next = 'Somebody or something changed the journal: put journal.ndjson back from a backup of the case.';
    throw new NightjarError('case-damaged', verdict.message, { where: path, next });
  }
  if (verdict.unfinishedBytes > 0) cutOff(path, wholeBytes);
  const journal = attach(directory, holder, [...entries]);
  if (verdict.unfinishedBytes > 0) journal.append('journal.repaired', { bytesCut: verdict.unfinishedBytes });
  return journal;
};

const attach = (directory: string, holder: ManifestHolder, entries: JournalEntry[]): Journal => {
  const { journal: path } = casePaths(directory);
  const fd = withFileErrors(path, () => openSync(path, 'a', FILE_MODE));
  let length = readChain(path).length;

  const write = (line: Buffer): void =>
    withFileErrors(path, () => {
      try {
        writeFully(fd, line);
        fsyncSync(fd);
      } catch (error) {
        ftruncateSync(fd, length); // half a line on a full disk must not stay
        throw error;
      }
      length += line.length;
    });

  return {
    append: (event, detail = {}) => {
      const previous = entries.at(-1)?.hash ?? journalRoot(holder.current.caseId);
      const at = timeNow();
      const { line, entry } = formatEntry({ seq: entries.length + 1, at, event, detail, previous });
      write(Buffer.from(line));
      entries.push(entry);
      // After the line, never before: a crash in between leaves a journal longer than recorded, which is sound.
      holder.current = { ...holder.current, journal: { entries: entries.length, hash: entry.hash } };
      writeManifest(directory, holder.current);
      return entry;
    },
    entries: () => [...entries],
    close: () => closeSync(fd),
  };
};
