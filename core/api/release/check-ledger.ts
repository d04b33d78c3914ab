import { odometer, withinLimit, type Odometer } from '../../release/accounting/index.ts';
import { canonicalText, fingerprintOf } from '../../release/keys/index.ts';
import { purposeOf, unitFaults } from '../../release/release-file/index.ts';
import { isSigned } from '../../release/release-file/signed-file.ts';
import { casePaths, readManifest, verifyLedger, type LedgerEntry } from '../../store/index.ts';
import { loadRelease } from '../../store/ledger-answers.ts';
import { NightjarError } from '../errors.ts';
import { debitFaults } from './check-debit.ts';
import { parseSignedFile, type SignedFile } from './files.ts';
import { LEDGER_EVENTS } from './ledger-events.ts';
import { ledgerReader, type LedgerState, type SignedLines } from './ledger-state.ts';

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
 * Checks the ledger of a case without opening or changing it: the chain, the journal beside it, every signature, that every
 * debit takes what its request leads to, planned anew, that none broke the limit of its time, and that each stored answer
 * and each file given, a release or a forest, is signed by a key of the case, says in our words who is protected, and is the
 * one answer that a debit of this ledger paid for. A file that it does not know is proof that the ledger is not the one that
 * paid: an older copy, or another. Errors: `input`, `case-newer`, `case-damaged` where there is no case to look at.
 */
export const checkCaseLedger = (directory: string, files: readonly SignedFile[] = []): LedgerReport => {
  const { verdict, entries } = verifyLedger(directory);
  const { caseId } = readManifest(directory);
  const faults: string[] = verdict.ok ? [] : [verdict.message];
  const state = readAll(entries, caseId, faults);
  if (state !== undefined) {
    const answers = storedAnswers(directory, state, faults);
    for (const file of [...answers.values(), ...files])
      faults.push(...strangers(file, entries, state, answers, caseId));
  }
  const lost = [...(state?.requests.values() ?? [])].filter((request) => request.state === 'interrupted').length;
  const notes = [
    ...(lost > 0 ? [`${lost} paid releases were interrupted: what they cost stays spent.`] : []),
    ...(state === undefined ? [] : olderForm(state.signed)),
  ];
  return { ok: faults.length === 0, entries: entries.length, hash: entries.at(-1)?.hash ?? '', faults, notes };
};

/** Lines whose signature is of an older version, and what it does not cover. */
const olderForm = ({ olderForm: lines, lastWhole }: SignedLines): string[] => {
  const last = lines.at(-1);
  if (last === undefined) return [];
  const which = lines.length === 1 ? `Line ${last} is` : `${lines.length} lines, the last of them line ${last}, are`;
  const rest =
    lastWhole === undefined
      ? `Time and nonce of line ${last} are covered by no signature until another line is signed.`
      : `Line ${lastWhole}, which is signed whole, covers what their own signatures do not.`;
  return [`${which} signed as older versions did, without time and nonce. ${rest}`];
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
    faults.push(...debitFaults(entry.seq, requests.get(request)));
  }
  return reader.state;
};

/** The stored answers by their SHA-256. What is wrong with one goes into `faults`. */
const storedAnswers = (directory: string, { requests }: LedgerState, faults: string[]): Answers => {
  const paths = casePaths(directory);
  const answers = new Map<string, SignedFile>();
  for (const answer of new Set([...requests.values()].flatMap((request) => request.answer ?? []))) {
    try {
      answers.set(answer, parseSignedFile(loadRelease(paths, answer).toString('utf8')));
    } catch (error) {
      if (!(error instanceof NightjarError)) throw error;
      faults.push(`${error.message} (${answer.slice(0, 12)}…)`);
    }
  }
  for (const { id, debit, answer = '' } of requests.values()) {
    const file = answers.get(answer);
    if (file === undefined) continue; // none yet, or told above
    const owner = requests.get(bodyOf(file).request);
    const isOwn = owner?.answer === answer && (debit === undefined || owner.id === id);
    if (!isOwn) faults.push(`The stored answer of request ${id.slice(0, 8)}… is the answer of another.`);
  }
  return answers;
};

type Answers = ReadonlyMap<string, SignedFile>;

const bodyOf = (file: SignedFile) => ('forest' in file ? file.forest : file.release);

/** Why a file is not the answer that this ledger paid for; nothing where it is. */
const strangers = (
  file: SignedFile,
  entries: readonly LedgerEntry[],
  { requests, keys }: LedgerState,
  answers: Answers,
  caseId: string,
): string[] => {
  const body = bodyOf(file);
  const name = `The ${'forest' in file ? 'forest' : 'release'} of request ${body.request.slice(0, 8)}…`;
  if (body.caseId !== caseId) return [`${name} is of another case.`];
  if (!isSigned(body, file.signature, 'forest' in file ? 'release 1' : purposeOf(file))) {
    return [`${name} is not signed.`];
  }
  const [otherWords] = unitFaults(body.unitOfPrivacy);
  if (otherWords !== undefined) return [`${name}: ${otherWords}`];
  if (!keys.has(fingerprintOf(file.signature.publicKey)))
    return [`${name} is signed by a key that this ledger does not know.`];
  const { seq, entry } = body.ledger;
  const request = requests.get(body.request);
  if (entries[seq - 1]?.hash !== entry || request?.debit?.entry !== entry) {
    return [`${name} was not paid for by this ledger: it is an older copy, or another was spent from.`];
  }
  if (request.answer === undefined) return [`${name} is no answer of this ledger: it was paid for, and never stored.`];
  const answer = answers.get(request.answer);
  const isAnswer = answer === undefined || canonicalText(file) === canonicalText(answer); // what is damaged is told above
  return isAnswer ? [] : [`${name} is not the answer that was stored: one debit pays for one.`];
};
