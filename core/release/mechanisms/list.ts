import { NightjarError } from '../../api/errors.ts';
import { contributionBounds, valueBounds } from '../auto-bounds/index.ts';
import { quantilesMechanism } from '../quantiles/index.ts';
import type { MeasureKind } from '../schema.ts';
import { thresholdedCount } from '../selection/index.ts';
import { topKnownMechanism, topUnknownMechanism } from '../top-k/index.ts';
import { count } from './count.ts';
import { mean } from './mean.ts';
import type { Mechanism } from './mechanism.ts';
import { sum } from './sum.ts';
import { variance } from './variance.ts';

/** Every way a measure is made private; a new one is a file and a line here. */
const MECHANISMS: readonly Mechanism[] = [
  count,
  thresholdedCount,
  sum,
  mean,
  variance,
  quantilesMechanism,
  topKnownMechanism,
  topUnknownMechanism,
  valueBounds,
  contributionBounds,
];

/**
 * The mechanism of a measure; for unknown keys the one that chooses them itself, where there is one. Errors: `usage` where
 * a measure has none.
 */
export const mechanismFor = (measure: MeasureKind, keys: 'known' | 'unknown'): Mechanism => {
  const all = MECHANISMS.filter((mechanism) => mechanism.measure === measure);
  const found = all.find((mechanism) => mechanism.keys === keys) ?? all.find((mechanism) => mechanism.keys === 'known');
  if (found !== undefined) return found;
  throw new NightjarError('usage', 'This measure cannot be released with such keys.', {
    where: `query: ${measure}`,
    next: 'Declare the keys, or ask for another measure.',
  });
};
