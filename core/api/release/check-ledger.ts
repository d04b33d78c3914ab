import { existsSync } from 'node:fs';

import { odometer, withinLimit, type Odometer } from '../../release/accounting/index.ts';
import { verifyRelease, type ReleaseFile } from '../../release/release-file/index.ts';
import { casePaths, readManifest, verifyLedger, type LedgerEntry } from '../../store/index.ts';
import { loadRelease } from '../../store/ledger-answers.ts';
import { NightjarError } from '../errors.ts';
import { LEDGER_EVENTS } from './ledger-events.ts';
import { ledgerReader, type LedgerState } from './ledger-state.ts';

/** What is wrong with a ledger; nothing where it is whole. */
export type LedgerReport = {
  readonly ok: boolean;
  readonly entries: number;
  readonly hash: string;
  readonly faults: readonly string[];
  /** What is no fault, and should be known. */
  readonly notes: readonly string[];
};

/**
 * Checks the ledger of a case without opening or changing it: the chain, the journal beside it, every signature, that no
 * debit broke the limit of its time, that stored answers are whole, and that each release file given is one that this
 * ledger paid for. A release file that it does not know is proof that the ledger is not the one that paid: an older copy,
 * or another. Errors: `input`, `case-newer`, `case-damaged` where there is no case to look at.
 */
export const checkCaseLedger = (directory: string, files: readonly ReleaseFile[] = []): LedgerReport => {
  const { verdict, entries } = verifyLedger(directory);
  const { caseId } = readManifest(directory);
  const faults: string[] = verdict.ok ? [] : [verdict.message];
  const state = readAll(entries, caseId, faults);
  if (state !== undefined) {
    faults.push(...damagedAnswers(directory, state));
    for (const file of files) faults.push(...strangers(file, entries, state, caseId));
  }
  const lost = [...(state?.requests.values() ?? [])].filter((request) => request.state === 'interrupted').length;
  const notes = lost > 0 ? [`${lost} paid releases were interrupted: what they cost stays spent.`] : [];
  return { ok: faults.length === 0, entries: entries.length, hash: entries.at(-1)?.hash ?? '', faults, notes };
};

/** Every act again, and every debit against what had been spent and the limit by then; undefined where one is no act. */
const readAll = (entries: readonly LedgerEntry[], caseId: string, faults: string[]): LedgerState | undefined => {
  const reader = ledgerReader(caseId);
  let spent: Odometer = odometer([]);
  for (const entry of entries) {
    try {
      reader.read(entry);
    } catch (error) {
      if (!(error instanceof NightjarError)) throw error;
      faults.push(error.message);
      return undefined;
    }
    if (entry.event !== 'release.debited') continue;
    const { limit, requests } = reader.state;
    const { request } = LEDGER_EVENTS['release.debited'].parse(entry.detail); // the reader has just read it
    spent = odometer(requests.get(request)?.debit?.losses ?? [], spent);
    if (limit === undefined || !withinLimit(limit, spent))
      faults.push(`Line ${entry.seq} of the ledger breaks the limit.`);
  }
  return reader.state;
};

const damagedAnswers = (directory: string, { requests }: LedgerState): string[] => {
  const paths = casePaths(directory);
  if (!existsSync(paths.manifest)) return [];
  const faults: string[] = [];
  for (const answer of new Set([...requests.values()].flatMap((request) => request.answer ?? []))) {
    try {
      loadRelease(paths, answer);
    } catch (error) {
      if (!(error instanceof NightjarError)) throw error;
      faults.push(`${error.message} (${answer.slice(0, 12)}…)`);
    }
  }
  return faults;
};

const strangers = (
  file: ReleaseFile,
  entries: readonly LedgerEntry[],
  { requests, keys }: LedgerState,
  caseId: string,
): string[] => {
  const { release } = file;
  const name = `The release of request ${release.request.slice(0, 8)}…`;
  if (release.caseId !== caseId) return [`${name} is of another case.`];
  const { signer, checks } = verifyRelease(file);
  if (checks.some(({ what, faults }) => what === 'signature' && faults.length > 0)) return [`${name} is not signed.`];
  if (!keys.has(signer.fingerprint)) return [`${name} is signed by a key that this ledger does not know.`];
  const paid = requests.get(release.request)?.debit;
  const isNamed =
    entries[release.ledger.seq - 1]?.hash === release.ledger.entry && paid?.entry === release.ledger.entry;
  return isNamed ? [] : [`${name} was not paid for by this ledger: it is an older copy, or another was spent from.`];
};
