import { createTurns, type Turns } from '../turns.ts';
import type { LedgerOf } from './ledger-acts.ts';

const turns = new WeakMap<LedgerOf['ledger'], Turns>();

/**
 * Runs `work` once every earlier release of this case has ended, well or badly. The ledger alone keeps the budget, whoever
 * comes first; taking turns keeps two equal questions from being paid for twice.
 */
export const inTurn = <T>({ ledger }: LedgerOf, work: () => Promise<T>): Promise<T> => {
  const own = turns.get(ledger) ?? createTurns();
  turns.set(ledger, own);
  return own.inTurn(work);
};
