import { odometer, withinLimit, type LossEvent } from '../../release/accounting/index.ts';
import type { ReleasePlanData } from '../contract/privacy.ts';
import { amountOf, limitText } from '../release/amount.ts';
import { spentLosses, type LedgerState } from '../release/ledger-state.ts';

/** What was spent, what will be after these losses, and whether that is within the limit. */
export const budgetAfter = (events: readonly LossEvent[], state: LedgerState): ReleasePlanData['budget'] => {
  const before = odometer(spentLosses(state));
  const after = odometer(events, before);
  const { limit } = state;
  return {
    spent: amountOf(before),
    after: amountOf(after),
    limit: limitText(limit),
    fits: limit !== undefined && withinLimit(limit, after),
  };
};
