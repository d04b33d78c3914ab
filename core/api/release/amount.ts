import { formatRational, toNumber } from '../../math/rational.ts';
import type { Limit, Odometer } from '../../release/accounting/index.ts';

/** What a release cost by its own odometer: exact, or null where a mechanism has no pure ε. */
export type Amount = { readonly epsilon: string | null; readonly delta: string; readonly rho: number };

/** An odometer as it is shown. */
export const amountOf = ({ epsilon, delta, rho }: Pick<Odometer, 'epsilon' | 'delta' | 'rho'>): Amount => ({
  epsilon: epsilon === undefined ? null : formatRational(epsilon),
  delta: formatRational(delta),
  rho: toNumber(rho),
});

/** A limit as it is shown, exactly; null where there is none. */
export type LimitText = { readonly epsilon: string; readonly delta: string; readonly conversionDelta: string };

export const limitText = (limit: Limit | undefined): LimitText | null =>
  limit === undefined
    ? null
    : {
        epsilon: formatRational(limit.epsilon),
        delta: formatRational(limit.delta),
        conversionDelta: formatRational(limit.conversionDelta),
      };
