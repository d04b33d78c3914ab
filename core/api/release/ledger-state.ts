import type { z } from 'zod';

import { parseRational, type Rational } from '../../math/rational.ts';
import { lossEventFromJson, type Limit, type LossEvent } from '../../release/accounting/index.ts';
import { fingerprintOf, type JsonValue, type PublicKey } from '../../release/keys/index.ts';
import type { LedgerEntry } from '../../store/index.ts';
import { NightjarError } from '../errors.ts';
import { LEDGER_EVENTS } from './ledger-events.ts';
import { formSigned } from './signed-line.ts';

/** A reviewer's key that the case knows. */
export type EnrolledKey = { readonly publicKey: PublicKey; readonly fingerprint: string; readonly name: string };

export type RequestState = 'pending' | 'refused' | 'interrupted' | 'answered';

/** A request and what became of it. `interrupted`: it was paid for, and its answer was lost before it was stored. */
export type ReleaseRequest = {
  readonly id: string;
  readonly askedAt: string;
  readonly asker: string;
  readonly purpose: string;
  readonly query: JsonValue;
  readonly epsilon: Rational;
  readonly delta: Rational;
  readonly state: RequestState;
  /** Why it was refused. */
  readonly reason: string | undefined;
  readonly debit: Debit | undefined;
  /** SHA-256 of the release file. */
  readonly answer: string | undefined;
};

/** What was spent, by whose word. */
export type Debit = {
  readonly at: string;
  readonly seq: number;
  /** Hash of the ledger's line. */
  readonly entry: string;
  readonly question: string;
  readonly losses: readonly LossEvent[];
  readonly by: string;
  readonly approver: string;
  readonly alone: boolean;
};

/** What the ledger comes to. */
export type LedgerState = {
  readonly keys: ReadonlyMap<string, EnrolledKey>;
  readonly limit: Limit | undefined;
  readonly twoPersons: boolean;
  /** Oldest first. */
  readonly requests: ReadonlyMap<string, ReleaseRequest>;
  readonly signed: SignedLines;
};

/** Lines with a reviewer's signature, by their number. */
export type SignedLines = {
  /** Signed as older versions did: of such a line itself, time and nonce are covered by the next signed line only. */
  readonly olderForm: readonly number[];
  /** The last one that is signed whole; undefined before the first. */
  readonly lastWhole: number | undefined;
};

/** Reads the lines of a ledger one after the other. */
export type LedgerReader = {
  /** What the lines read so far come to; it changes with the next one. */
  readonly state: LedgerState;
  /** Lines read so far. */
  readonly entries: number;
  /** Errors: `case-damaged`, naming the line that does not follow from those before, or is not signed as it should be. */
  read(entry: LedgerEntry): void;
};

/** A reader of the ledger of one case, which checks every signature against the keys that were enrolled by then. */
export const ledgerReader = (caseId: string): LedgerReader => {
  const signed = { olderForm: [], lastWhole: undefined };
  const state: Draft = { keys: new Map(), limit: undefined, twoPersons: false, requests: new Map(), signed };
  let entries = 0;
  return {
    state,
    get entries() {
      return entries;
    },
    read: (entry) => {
      step(state, entry, caseId);
      entries++;
    },
  };
};

type Draft = {
  readonly keys: Map<string, EnrolledKey>;
  limit: Limit | undefined;
  twoPersons: boolean;
  readonly requests: Map<string, ReleaseRequest>;
  signed: SignedLines;
};

/** The losses that count: one of every debit, whether its answer was stored or lost. */
export const spentLosses = ({ requests }: LedgerState): readonly LossEvent[] =>
  [...requests.values()].flatMap(({ debit }) => debit?.losses ?? []);

const step = (state: Draft, entry: LedgerEntry, caseId: string): void => {
  const change = (id: string, from: RequestState, to: Partial<ReleaseRequest>): void => {
    const request = state.requests.get(id);
    if (request?.state !== from) throw broken(entry, `is about a request that is not ${from}`);
    state.requests.set(id, { ...request, ...to });
  };
  switch (entry.event) {
    case 'key.enrolled': {
      const { publicKey, name, by } = readDetail(entry, LEDGER_EVENTS[entry.event]);
      const key = { publicKey, name, fingerprint: fingerprintOf(publicKey) };
      const isFirst = state.keys.size === 0 && by === key.fingerprint;
      requireSignature(state, entry, caseId, isFirst ? new Map([[by, key]]) : state.keys);
      state.keys.set(key.fingerprint, key);
      return;
    }
    case 'limit.set': {
      const { epsilon, delta, conversionDelta } = readDetail(entry, LEDGER_EVENTS[entry.event]);
      requireSignature(state, entry, caseId);
      const exact = { epsilon: parseRational(epsilon), delta: parseRational(delta) };
      state.limit = { ...exact, conversionDelta: parseRational(conversionDelta) };
      return;
    }
    case 'rule.set': {
      const { twoPersons } = readDetail(entry, LEDGER_EVENTS[entry.event]);
      requireSignature(state, entry, caseId);
      state.twoPersons = twoPersons;
      return;
    }
    case 'release.requested': {
      const { request: id, epsilon, delta, ...rest } = readDetail(entry, LEDGER_EVENTS[entry.event]);
      if (state.requests.has(id)) throw broken(entry, 'asks under an id that is taken');
      const budget = { epsilon: parseRational(epsilon), delta: parseRational(delta) };
      const none = { reason: undefined, debit: undefined, answer: undefined };
      const request = { id, askedAt: entry.at, ...rest, ...budget, ...none, state: 'pending' } as const;
      state.requests.set(id, request);
      return;
    }
    case 'release.refused': {
      const { request, reason } = readDetail(entry, LEDGER_EVENTS[entry.event]);
      requireSignature(state, entry, caseId);
      return change(request, 'pending', { state: 'refused', reason });
    }
    case 'release.debited': {
      const { request, losses, question, by, approver, alone } = readDetail(entry, LEDGER_EVENTS[entry.event]);
      requireSignature(state, entry, caseId);
      const { at, seq, hash } = entry;
      const who = { by, approver, alone };
      const debit = { at, seq, entry: hash, question, losses: losses.map(lossEventFromJson), ...who };
      return change(request, 'pending', { state: 'interrupted', debit });
    }
    case 'release.answered': {
      const { request, sha256 } = readDetail(entry, LEDGER_EVENTS[entry.event]);
      return change(request, 'interrupted', { state: 'answered', answer: sha256 });
    }
    case 'release.repeated': {
      const { request, sha256 } = readDetail(entry, LEDGER_EVENTS[entry.event]);
      return change(request, 'pending', { state: 'answered', answer: sha256 });
    }
    default:
      throw broken(entry, 'is of a kind that this version does not know');
  }
};

const readDetail = <T>(entry: LedgerEntry, shape: z.ZodType<T>): T => {
  const found = shape.safeParse(entry.detail);
  if (found.success) return found.data;
  throw broken(entry, 'does not say what its kind should say');
};

const requireSignature = (
  state: Draft,
  entry: LedgerEntry,
  caseId: string,
  keys: ReadonlyMap<string, EnrolledKey> = state.keys,
): void => {
  const { by } = entry.detail;
  const key = typeof by === 'string' ? keys.get(by) : undefined;
  if (key === undefined) throw broken(entry, 'is signed by a key that was not enrolled');
  const form = formSigned(caseId, entry, key.publicKey);
  if (form === undefined) throw broken(entry, 'is not signed by its key');
  const { olderForm, lastWhole } = state.signed;
  if (form === 2) {
    state.signed = { olderForm, lastWhole: entry.seq };
    return;
  }
  if (lastWhole !== undefined) throw broken(entry, 'is signed in the older form, after a line in the newer one');
  state.signed = { olderForm: [...olderForm, entry.seq], lastWhole };
};

const broken = ({ seq }: LedgerEntry, what: string): NightjarError =>
  new NightjarError('case-damaged', `Line ${seq} of the ledger ${what}.`, {
    where: 'ledger.ndjson',
    next: 'Put ledger.ndjson, journal.ndjson and case.json back from one and the same, latest backup.',
  });
