import { canonicalText } from '../../release/keys/index.ts';
import type { Case, LedgerEntry } from '../../store/index.ts';
import { NightjarError } from '../errors.ts';
import type { ReviewerKey } from './key-file.ts';
import { LEDGER_EVENTS, type LedgerDetail, type LedgerEventName, type SignedEvent } from './ledger-events.ts';
import { ledgerReader, type LedgerReader, type LedgerState } from './ledger-state.ts';
import { signedLine } from './signed-line.ts';

/** Where a ledger is written: an open case. */
export type LedgerOf = Pick<Case, 'id' | 'ledger'>;

type Unsigned<E extends SignedEvent> = Omit<LedgerDetail<E>, 'by' | 'form' | 'signature'>;

/** What the case's ledger comes to now; it changes with the next entry. Errors: `case-damaged`. */
export const ledgerState = (of: LedgerOf): LedgerState => stateAfter(of, of.ledger.entries());

/** One reader per open ledger: a line is read and its signature checked once. */
const readers = new WeakMap<LedgerOf['ledger'], LedgerReader>();

const stateAfter = ({ id, ledger }: LedgerOf, entries: readonly LedgerEntry[]): LedgerState => {
  const reader = readers.get(ledger) ?? ledgerReader(id);
  readers.set(ledger, reader);
  for (const entry of entries.slice(reader.entries)) reader.read(entry);
  return reader.state;
};

/**
 * Enters one act. `make` sees the state that the act changes, as of the very line it follows, and may throw to refuse.
 * Errors: those of `make` and of `Ledger.append`.
 */
export const enter = <E extends Exclude<LedgerEventName, SignedEvent>>(
  into: LedgerOf,
  event: E,
  make: (state: LedgerState) => LedgerDetail<E>,
): LedgerEntry => into.ledger.append(event, (entries) => checked(event, make(stateAfter(into, entries))));

/** As `enter`, for an act that a reviewer's key signs, over the whole line. */
export const enterSigned = <E extends SignedEvent>(
  into: LedgerOf,
  event: E,
  key: ReviewerKey,
  make: (state: LedgerState) => Unsigned<E>,
): LedgerEntry =>
  into.ledger.append(event, (entries, start) => {
    const detail = plainJson({ ...make(stateAfter(into, entries)), by: key.fingerprint, form: 2 });
    const signature = key.sign('ledger 2', signedLine(into.id, { ...start, event, detail }));
    return checked(event, { ...detail, signature });
  });

/** Throws `usage` where a key is not a reviewer's of this case. */
export const requireReviewer = ({ keys }: LedgerState, { fingerprint }: Pick<ReviewerKey, 'fingerprint'>): void => {
  if (keys.has(fingerprint)) return;
  const next =
    keys.size === 0
      ? 'Set a limit first: `nightjar ledger --case DIR --limit EPSILON --key FILE` enrols the first key.'
      : 'Have a reviewer enrol it: `nightjar ledger --case DIR --enrol FILE.pub --key REVIEWER_KEY`.';
  throw new NightjarError('usage', 'The key is not enrolled in this case.', { next });
};

type Plain = { readonly [key: string]: Plain } | readonly Plain[] | string | number | boolean | null;

/** A line that could not be read back would shut the ledger for good, so none is written. */
const checked = (event: LedgerEventName, detail: unknown): { readonly [key: string]: Plain } => {
  const plain = plainJson(detail);
  if (LEDGER_EVENTS[event].safeParse(plain).success) return plain;
  throw new NightjarError('usage', 'A part of what is to be entered is too long or of the wrong form.', {
    where: event,
    next: 'Shorten names, purposes and reasons.',
  });
};

const plainJson = (value: unknown): { readonly [key: string]: Plain } => JSON.parse(canonicalText(value as Plain)); // boundary
