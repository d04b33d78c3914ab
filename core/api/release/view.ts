import { formatRational, toNumber, type Rational } from '../../math/rational.ts';
import { odometer, remaining } from '../../release/accounting/index.ts';
import type { JsonValue } from '../../release/keys/index.ts';
import { ledgerState, type LedgerOf } from './ledger-acts.ts';
import { spentLosses, type Debit, type EnrolledKey, type LedgerState, type RequestState } from './ledger-state.ts';

/** What a release cost by its own odometer: exact, or null where a mechanism has no pure ε. */
export type Amount = { readonly epsilon: string | null; readonly delta: string; readonly rho: number };

/** A request as the ledger shows it. */
export type RequestView = {
  readonly id: string;
  readonly state: RequestState;
  readonly askedAt: string;
  readonly asker: string;
  readonly purpose: string;
  readonly query: JsonValue;
  /** What may be spent on it, exactly. */
  readonly epsilon: string;
  readonly delta: string;
  readonly reason: string | null;
  /** Null where nothing was spent: it is open, was refused, or repeats an answer that was paid for. */
  readonly debit: {
    readonly at: string;
    readonly seq: number;
    readonly entry: string;
    readonly cost: Amount;
    readonly by: string;
    readonly approver: string;
    readonly alone: boolean;
  } | null;
  readonly answer: string | null;
};

/** The ledger, read: what may be spent, what was, on what and by whose word. */
export type LedgerView = {
  readonly caseId: string;
  readonly entries: number;
  readonly hash: string;
  readonly keys: readonly EnrolledKey[];
  readonly twoPersons: boolean;
  readonly limit: { readonly epsilon: string; readonly delta: string; readonly conversionDelta: string } | null;
  readonly spent: Amount;
  /** A release fits where its δ does, and its ε or its ρ. Null without a limit. */
  readonly remaining: Amount | null;
  readonly requests: readonly RequestView[];
};

/** What the ledger of an open case comes to. Errors: `case-damaged`. */
export const viewLedger = (of: LedgerOf): LedgerView => {
  const state = ledgerState(of);
  const { entries, hash } = of.ledger.head();
  const losses = odometer(spentLosses(state));
  const { limit } = state;
  return {
    caseId: of.id,
    entries,
    hash,
    keys: [...state.keys.values()],
    twoPersons: state.twoPersons,
    limit:
      limit === undefined
        ? null
        : {
            epsilon: formatRational(limit.epsilon),
            delta: formatRational(limit.delta),
            conversionDelta: formatRational(limit.conversionDelta),
          },
    spent: amountOf(losses),
    remaining: limit === undefined ? null : amountOf(remaining(limit, losses)),
    requests: viewRequests(state),
  };
};

const viewRequests = ({ requests }: LedgerState): RequestView[] =>
  [...requests.values()].map(({ epsilon, delta, reason, debit, answer, ...rest }) => ({
    ...rest,
    epsilon: formatRational(epsilon),
    delta: formatRational(delta),
    reason: reason ?? null,
    debit: debit === undefined ? null : viewDebit(debit),
    answer: answer ?? null,
  }));

const viewDebit = ({ at, seq, entry, losses, by, approver, alone }: Debit): NonNullable<RequestView['debit']> => ({
  at,
  seq,
  entry,
  cost: amountOf(odometer(losses)),
  by,
  approver,
  alone,
});

const amountOf = (amount: {
  readonly epsilon: Rational | undefined;
  readonly delta: Rational;
  readonly rho: Rational;
}): Amount => ({
  epsilon: amount.epsilon === undefined ? null : formatRational(amount.epsilon),
  delta: formatRational(amount.delta),
  rho: toNumber(amount.rho),
});
