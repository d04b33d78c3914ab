import { NightjarError } from '../../api/errors.ts';
import type { Rational } from '../../math/rational.ts';
import type { NoiseSource } from '../../random/noise-source.ts';

/** True with probability `p`, exactly. Throws `internal` where p is not in [0, 1]. */
export const bernoulli = (p: Rational, source: NoiseSource): boolean => {
  if (p.numerator < 0n || p.numerator > p.denominator) {
    throw new NightjarError('internal', 'A probability is not between 0 and 1.');
  }
  return source.belowBig(p.denominator) < p.numerator;
};
