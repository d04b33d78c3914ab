import { NightjarError } from '../../api/errors.ts';
import { rational, type Rational } from '../../math/rational.ts';
import type { PrivacyLoss } from '../accounting/index.ts';
import type { ReleaseQuery } from '../schema.ts';
import { groupWidth } from './group-width.ts';

/** An accuracy in the unit of the measure: within 50 for ±5 % on groups of 1,000 and more. */
export type QueryWish = {
  /** Half the width of the released interval must be at most this. */
  readonly within: number;
  /** Size of the groups that it must hold for; means and variances need it. */
  readonly groupSize?: number | undefined;
  /** 0: none may be spent. */
  readonly delta: Rational;
};

/** ε is solved to a millionth. */
const UNIT = 1_000_000;
const MOST_MILLIONTHS = 100 * UNIT;

/**
 * The smallest ε, to a millionth and up to 100, whose release has intervals within the wish, by the plan of the query itself: the
 * split over statistics, the choice of noise and the level are those of the release. Only noise is in an interval; see
 * `expectedErrorOf` for the rest. No data is read. Throws `usage` where no ε does, or the measure has no interval.
 */
export const solveEpsilonOf = (
  query: ReleaseQuery,
  wish: QueryWish,
): { readonly epsilon: Rational; readonly halfWidth: number } => {
  if (!(wish.within > 0 && wish.within < Number.POSITIVE_INFINITY)) {
    throw wrong('The accuracy asked for is out of range.', 'Give a number above 0.');
  }
  const widthAt = (millionths: number): number => {
    const width = groupWidth({ query, cost: lossOf(rational(millionths, UNIT), wish.delta) }, wish.groupSize);
    if (width !== undefined) return width;
    throw wrong(
      'The error of this measure takes more than an epsilon to tell.',
      'Name the size of the groups, or choose an epsilon yourself.',
    );
  };
  let high = 1;
  while (widthAt(high) > wish.within) {
    if (high === MOST_MILLIONTHS) {
      throw wrong(
        'No epsilon up to 100 gives this accuracy.',
        'Ask for less accuracy, larger groups, or tighter bounds.',
      );
    }
    high = Math.min(MOST_MILLIONTHS, 2 * high);
  }
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (widthAt(middle) <= wish.within) high = middle;
    else low = middle;
  }
  return { epsilon: rational(high, UNIT), halfWidth: widthAt(high) };
};

const lossOf = (epsilon: Rational, delta: Rational): PrivacyLoss =>
  delta.numerator > 0n ? { kind: 'approximate', epsilon, delta } : { kind: 'pure', epsilon };

const wrong = (message: string, next: string): NightjarError =>
  new NightjarError('usage', message, { where: 'within', next });
