import type { Review } from '../../../core/api/contract.ts';
import { formatCount, formatPercent } from '../../plots/format.ts';

/** What a review at a false-discovery rate would be, in words. */
export const reviewWords = (review: Review): string => {
  const { count, target, trueFindings } = review;
  const target_ = formatPercent(target);
  if (count === 0) {
    const least = Math.min(1, ...review.curve.map(({ rate }) => rate));
    const lowest = least < 1 ? ` The lowest that any cut keeps is ${formatPercent(Math.ceil(least * 100) / 100)}.` : '';
    return `No cut keeps ordinary actors at or below ${target_}: nobody stands out that clearly.${lowest}`;
  }
  const { low, high } = findingsOf(review);
  const about = Math.round(trueFindings);
  const between = low === high ? '' : ` (between ${formatCount(low)} and ${formatCount(high)})`;
  const whom = count === 1 ? '1 actor' : `${formatCount(count)} actors`;
  return `Review ${whom}: about ${formatCount(about)} ${about === 1 ? 'is' : 'are'} expected to be more than ordinary${between}.`;
};

/** Interval of how many of those reviewed are more than ordinary: from the size of the curve that is nearest. */
export const findingsOf = ({
  count,
  trueFindings,
  curve,
}: Pick<Review, 'count' | 'trueFindings' | 'curve'>): { readonly low: number; readonly high: number } => {
  const nearest = curve.reduce<Review['curve'][number] | undefined>(
    (best, point) =>
      best === undefined || Math.abs(point.queue - count) < Math.abs(best.queue - count) ? point : best,
    undefined,
  );
  const about = Math.round(trueFindings);
  if (nearest === undefined) return { low: about, high: about };
  return {
    low: Math.min(about, Math.floor(count * (1 - nearest.high))),
    high: Math.max(about, Math.ceil(count * (1 - nearest.low))),
  };
};

/** Where p-values come from, in a few words that follow “p-values are”. */
export const methodWords = ({ method, identifiable }: Pick<Review, 'method' | 'identifiable'>): string =>
  method === 'none' && identifiable ? 'known for being alike only, not for being odd' : METHODS[method];

const METHODS: Readonly<Record<Review['method'], string>> = {
  reference: 'measured against actors you marked benign',
  'cross-conformal': 'measured against actors you marked benign, each by models that had not seen it',
  'tail-bound': 'bounded from the bulk of this queue',
  none: 'not known: nothing says how ordinary actors score',
};
