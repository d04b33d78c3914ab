import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef, type ReactNode, type Ref } from 'react';
import type { ActorDetail, RunInfo, Verdict } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { formatCount, formatP, formatPercentile, formatScore } from '../../plots/format.ts';
import { formatTime, type TimeRange } from '../../plots/time.ts';
import { bandOf } from '../../theme/bands.ts';
import { EmptyState, ErrorState, IconButton, Kbd, LoadingState, Notice } from '../../ui/index.ts';
import { CloseIcon } from '../../ui/icons.tsx';
import { ActorEvents } from './actor-events.tsx';
import { DecisionBox } from './decision-box.tsx';
import { Doings, Origins, Week } from './doings.tsx';
import css from './explore.module.css';
import { toggled } from './search.ts';
import type { Explore } from './use-explore.ts';
import { Detectors, Why } from './why.tsx';

export type InspectorProps = {
  readonly run: RunInfo;
  readonly span: TimeRange | null;
  readonly explore: Explore;
  readonly isNext: boolean;
  readonly onIsNext: (isNext: boolean) => void;
  readonly onDecide: (verdict: Verdict | null) => void;
  readonly note: Ref<HTMLTextAreaElement>;
  readonly frame: Ref<HTMLElement>;
};

/** All about the selected actor: how unlike its peers, why, what it did, and what was decided. */
export const Inspector = (props: InspectorProps): ReactNode => {
  const { search, patch } = props.explore;
  const { actor } = search;
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...api.explore.actor.queryOptions({ input: { actor: actor ?? '-' } }),
    enabled: actor !== undefined,
    placeholderData: keepPreviousData,
  });
  return (
    <section
      ref={props.frame}
      className={css.inspector}
      aria-label="Inspector"
      tabIndex={-1}
      aria-busy={isPlaceholderData}
    >
      {actor === undefined ? (
        <EmptyState title="Nobody is selected">
          Click an actor in the queue or in the lanes, or move with <Kbd keys="j" /> and <Kbd keys="k" />.
        </EmptyState>
      ) : error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingState label="Reading the actor" />
      ) : (
        <div className={css.inspectorBody} data-stale={isPlaceholderData}>
          <Head detail={data} run={props.run} onClose={() => patch({ actor: undefined })} />
          <DecisionBox
            key={`decision ${data.actor}`}
            actor={data.actor}
            decision={data.decision}
            isNext={props.isNext}
            onIsNext={props.onIsNext}
            onDecide={props.onDecide}
            note={props.note}
          />
          <Why
            detail={data}
            chosen={search.reasons}
            onChoose={(feature) => patch({ reasons: toggled(search.reasons, feature), row: undefined })}
          />
          <Detectors detail={data} />
          {props.span !== null && (
            <>
              <Doings actor={data.actor} span={props.span} explore={props.explore} />
              <Week key={data.actor} actor={data.actor} span={props.span} />
            </>
          )}
          <Origins origins={data.origins} />
          {data.events > 0 && <ActorEvents key={`events ${data.actor}`} detail={data} explore={props.explore} />}
        </div>
      )}
    </section>
  );
};

const Head = (props: {
  readonly detail: ActorDetail;
  readonly run: RunInfo;
  readonly onClose: () => void;
}): ReactNode => {
  const { detail, run, onClose } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const isRanked = detail.evidence === 'ok';
  return (
    <header className={css.head}>
      <div className={css.headLine}>
        <h2 ref={heading} className={css.token}>
          {detail.actor}
        </h2>
        <span className={css.muted}>
          #{formatCount(detail.rank)} of {formatCount(run.actors)}
        </span>
        <IconButton icon={CloseIcon} label="Close inspector" keys="Escape" onPress={onClose} />
      </div>
      {isRanked ? (
        <>
          <dl className={css.figures}>
            <div data-band={bandOf(detail.percentile).index}>
              <dt>Score</dt>
              <dd>{formatScore(detail.score)}</dd>
            </div>
            <div>
              <dt>Percentile</dt>
              <dd>{formatPercentile(detail.percentile)}</dd>
            </div>
            <div>
              <dt>p-value</dt>
              <dd>{detail.pValue === null ? '–' : formatP(detail.pValue)}</dd>
            </div>
            {detail.events > 0 && (
              <div>
                <dt>Events</dt>
                <dd>{formatCount(detail.events)}</dd>
              </div>
            )}
          </dl>
          <p className={css.sentence}>{scoreSentence(detail, run)}</p>
        </>
      ) : (
        <Notice tone="warn">
          Not enough events to rank: {formatCount(detail.events)} {detail.events === 1 ? 'event' : 'events'}, and this
          run ranks actors with {formatCount(run.minEvents)} or more. That is no finding and no acquittal.
        </Notice>
      )}
      {detail.firstSeen !== null && detail.lastSeen !== null && (
        <p className={css.hint}>
          Seen {formatTime(detail.firstSeen)} to {formatTime(detail.lastSeen)} UTC.
        </p>
      )}
    </header>
  );
};

/** What score, percentile and p-value say, as one sentence. */
export const scoreSentence = (
  detail: Pick<ActorDetail, 'percentile' | 'pValue'>,
  run: Pick<RunInfo, 'ranked'>,
): string => {
  const first = `Less usual than ${formatPercentile(detail.percentile)} % of the ${formatCount(run.ranked)} ranked actors`;
  if (detail.pValue === null || detail.pValue <= 0) return `${first}.`;
  const oneIn = Math.max(1, Math.round(1 / detail.pValue));
  const chance =
    oneIn <= 2
      ? 'which is quite ordinary'
      : `and about 1 in ${formatCount(oneIn)} ordinary actors would score as high by chance`;
  return `${first}, ${chance}.`;
};
