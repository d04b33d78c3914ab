import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState, type ReactNode } from 'react';
import type { Review } from '../../../core/api/contract.ts';
import { api, client } from '../../client.ts';
import { formatCount, formatPercent } from '../../plots/format.ts';
import { Button, ErrorNotice } from '../../ui/index.ts';
import css from './explore.module.css';
import { fairSample } from './fair-sample.ts';
import { queuePage } from './queue-rows.ts';
import { methodWords, reviewWords } from './review-words.ts';
import { NO_FILTER } from './search.ts';
import type { Explore } from './use-explore.ts';

const LOWEST = 1;
const HIGHEST = 50;
const USUAL = 10;
const SETTLED_MS = 120;
const LAST_FIRST = { by: 'rank', descending: true } as const;

export type ReviewCut = {
  /** Percent, as the slider has it now. */
  readonly target: number;
  readonly setTarget: (target: number) => void;
  readonly review: Review | undefined;
  /** What is shown is not yet of the target. */
  readonly isBusy: boolean;
  readonly error: Error | null;
  /** Lowest score among those to review, and the rate in words; null where no cut is promised. */
  readonly cut: { readonly score: number; readonly label: string } | null;
};

/** How many to review at the false-discovery rate that is chosen, and where that cuts the scores. */
export const useReview = ({ search, patch }: Explore): ReviewCut => {
  const settled = search.target ?? USUAL;
  const [target, setTarget] = useState(settled);
  useEffect(() => setTarget(settled), [settled]);
  const isApplied = search.rate !== undefined;
  useEffect(() => {
    if (target === settled) return undefined;
    const chosen = { target: target === USUAL ? undefined : target, ...(isApplied ? { rate: target / 100 } : {}) };
    const timer = setTimeout(() => patch(chosen, 'replace'), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [target, settled, isApplied, patch]);
  // One answer: while the next is read, the words and the line on the histogram stay those of the same target.
  const { data, error, isPlaceholderData } = useQuery({
    ...reviewQuery(settled / 100),
    placeholderData: keepPreviousData,
  });
  const review = data?.review;
  const cut =
    data === undefined || data.score === null
      ? null
      : { score: data.score, label: `${formatPercent(data.review.target)} ordinary` };
  const isBusy = data === undefined || isPlaceholderData || target !== settled;
  return { target, setTarget, review, isBusy, error, cut };
};

/** The review at a target, and the lowest score in it; null where no cut is promised. */
const reviewQuery = (target: number) => ({
  queryKey: [...api.explore.review.queryKey({ input: { target } }), 'cut'],
  queryFn: async (context: {
    readonly signal: AbortSignal;
  }): Promise<{ readonly review: Review; readonly score: number | null }> => {
    const found = await client.explore.review({ target }, { signal: context.signal });
    if (!found.identifiable || found.count === 0) return { review: found, score: null };
    const { queryFn } = queuePage({ falseDiscoveryRate: target }, LAST_FIRST, 0, 1);
    return { review: found, score: (await queryFn(context)).rows[0]?.score ?? null };
  },
});

/** Chooses the share of ordinary actors that a review may hold, says what that means, and cuts the queue there. */
export const ReviewSlider = (props: {
  readonly cut: ReviewCut;
  readonly ranked: number;
  readonly explore: Explore;
}): ReactNode => {
  const { target, setTarget, review, isBusy, error } = props.cut;
  const { search, patch } = props.explore;
  const id = useId();
  if (error !== null) return <ErrorNotice error={error} />;
  const isApplied = search.rate !== undefined;
  return (
    <section className={css.review} aria-labelledby={id} aria-busy={isBusy}>
      <h3 id={id} className={css.facetTitle}>
        How many to review
      </h3>
      {review !== undefined && !review.identifiable ? (
        <NoCut review={review} ranked={props.ranked} explore={props.explore} />
      ) : (
        <>
          <label className={css.rate}>
            <span>
              Ordinary actors, at most <b>{target} %</b>
            </span>
            <input
              type="range"
              min={LOWEST}
              max={HIGHEST}
              value={target}
              aria-valuetext={`${target} percent`}
              onChange={(event) => setTarget(Number(event.currentTarget.value))}
            />
          </label>
          <p className={css.reviewWords} aria-live="polite">
            {review === undefined ? 'Counting …' : reviewWords(review)}
          </p>
          <Button
            isDisabled={review === undefined || (review.count === 0 && !isApplied)}
            onPress={() =>
              review !== undefined &&
              patch({ rate: isApplied ? undefined : review.target, scoreFrom: undefined, row: undefined })
            }
          >
            {isApplied ? 'Show everybody' : 'Show these'}
          </Button>
          {review !== undefined && (
            <details className={css.details}>
              <summary>Where this comes from</summary>
              <p>
                {`p-values are ${methodWords(review)}. `}
                {review.assumptions}
              </p>
            </details>
          )}
        </>
      )}
    </section>
  );
};

/** No number where none can be promised: what is missing, and a sample to decide about that would help. */
const NoCut = (props: { readonly review: Review; readonly ranked: number; readonly explore: Explore }): ReactNode => {
  const { review, ranked, explore } = props;
  const { find, size } = fairSample(ranked);
  const isOn = find !== undefined && explore.search.find === find;
  return (
    <>
      <p className={css.reviewWords}>{review.assumptions}</p>
      <p className={css.hint}>
        {find === undefined
          ? `Decide about all ${formatCount(size)}: who is marked benign shows how ordinary actors score.`
          : 'A pseudonym says nothing about its actor, so everybody whose pseudonym has a certain part is a fair draw.'}
      </p>
      {find !== undefined && (
        <Button
          onPress={() =>
            explore.patch(isOn ? { find: undefined, row: undefined } : { ...NO_FILTER, find, evidence: 'ok' })
          }
        >
          {isOn ? 'Show everybody' : `Draw about ${formatCount(size)} at random`}
        </Button>
      )}
    </>
  );
};
