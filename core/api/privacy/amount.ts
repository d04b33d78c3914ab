import { formatRational, toNumber } from '../../math/rational.ts';
import { odometer, type LossEvent, type Odometer } from '../../release/accounting/index.ts';
import type { BudgetAmount } from '../contract/privacy.ts';

/** An odometer as it crosses the boundary. */
export const amountOf = ({ epsilon, delta, rho }: Pick<Odometer, 'epsilon' | 'delta' | 'rho'>): BudgetAmount => ({
  epsilon: epsilon === undefined ? null : formatRational(epsilon),
  delta: formatRational(delta),
  rho: toNumber(rho),
});

/** What these losses come to by themselves. */
export const sumOfLosses = (losses: readonly LossEvent[]): BudgetAmount => amountOf(odometer(losses));
