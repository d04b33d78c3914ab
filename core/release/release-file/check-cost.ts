import { NightjarError } from '../../api/errors.ts';
import { compareRational, parseRational } from '../../math/rational.ts';
import { lossEventFromJson, odometer, spent } from '../accounting/index.ts';
import type { ReleaseBody } from './shape.ts';

/**
 * Whether the runs of mechanisms together cost at most the (ε, δ) that the file claims: by basic composition, or, where
 * that is not enough, by the least bound the accountant proves.
 */
export const checkCost = ({ losses, epsilon, delta }: ReleaseBody): readonly string[] => {
  try {
    const claimed = { epsilon: parseRational(epsilon), delta: parseRational(delta) };
    const events = losses.map(lossEventFromJson);
    const sums = odometer(events);
    if (compareRational(sums.delta, claimed.delta) > 0) return ['The mechanisms have more δ than the file claims.'];
    if (sums.epsilon !== undefined && compareRational(sums.epsilon, claimed.epsilon) <= 0) return [];
    const least = spent(events, claimed.delta).epsilon;
    if (least !== undefined && compareRational(least, claimed.epsilon) <= 0) return [];
    return ['The mechanisms cost more ε than the file claims.'];
  } catch (error) {
    if (error instanceof NightjarError) return [`${error.message} (${error.where ?? 'losses'})`];
    throw error;
  }
};
