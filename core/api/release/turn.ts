import type { LedgerOf } from './ledger-acts.ts';

const last = new WeakMap<LedgerOf['ledger'], Promise<unknown>>();

/**
 * Runs `work` once every earlier release of this case has ended, well or badly. The ledger alone keeps the budget, whoever
 * comes first; taking turns keeps two equal questions from being paid for twice.
 */
export const inTurn = <T>({ ledger }: LedgerOf, work: () => Promise<T>): Promise<T> => {
  const turn = (last.get(ledger) ?? Promise.resolve()).then(work);
  last.set(
    ledger,
    turn.catch(() => undefined), // told to whoever asked for that release
  );
  return turn;
};
