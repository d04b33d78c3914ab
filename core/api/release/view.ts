import { formatRational } from '../../math/rational.ts';
import { odometer, remaining } from '../../release/accounting/index.ts';
import type { JsonValue } from '../../release/keys/index.ts';
import { amountOf, limitText, type Amount, type LimitText } from './amount.ts';
import { ledgerState, type LedgerOf } from './ledger-acts.ts';
import { spentLosses, type Debit, type EnrolledKey, type LedgerState, type RequestState } from './ledger-state.ts';

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
  readonly limit: LimitText | null;
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
    limit: limitText(limit),
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
