import { useQuery, useQueryClient } from '@tanstack/react-query';
import { memo, useEffect, type ReactNode, type Ref } from 'react';
import type { ActorDetail, RunInfo, Verdict } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { formatChance, formatCount, formatP, formatPercentile, formatScore } from '../../plots/format.ts';
import { formatTime, type TimeRange } from '../../plots/time.ts';
import { bandOf } from '../../theme/bands.ts';
import { EmptyState, ErrorState, IconButton, Kbd, LoadingState, Notice } from '../../ui/index.ts';
import { CloseIcon } from '../../ui/icons.tsx';
import { ActorEvents } from './actor-events.tsx';
import { DecisionBox } from './decision-box.tsx';
import { Doings, Origins, Week } from './doings.tsx';
import css from './explore.module.css';
import type { Lead, QueueRow } from './queue-rows.ts';
import { toggled } from './search.ts';
import type { Explore } from './use-explore.ts';
import { AfterVerdicts, LeadChip, leadOf, Story } from './story.tsx';
import { Twins } from './twins.tsx';
import { Detectors, Why } from './why.tsx';

export type InspectorProps = {
  readonly run: RunInfo;
  readonly span: TimeRange | null;
  readonly explore: Explore;
  /** The selected actor's row of the queue: what it says is shown at once. */
  readonly row: QueueRow | undefined;
  /** The row below, which is likely to be next. */
  readonly nextActor: string | undefined;
  readonly isNext: boolean;
  readonly onIsNext: (isNext: boolean) => void;
  readonly onDecide: (verdict: Verdict | null) => void;
  readonly onClose: () => void;
  readonly note: Ref<HTMLTextAreaElement>;
  readonly frame: Ref<HTMLElement>;
};

/** All about the selected actor: how unlike its peers, why, what it did, and what was decided. */
export const Inspector = memo((props: InspectorProps): ReactNode => {
  const { search, patch } = props.explore;
  const { actor } = search;
  const { detail, isStale, error, retry } = useActor(actor, props.nextActor);
  const lead = detail === undefined ? (props.row?.lead ?? null) : leadOf(detail);
  const facts: Facts | undefined = detail ?? (props.row === undefined ? undefined : factsOf(props.row));
  const twins =
    actor === undefined || detail === undefined ? null : (
      <Twins actor={actor} groups={detail.groups} explore={props.explore} />
    );
  return (
    <section ref={props.frame} className={css.inspector} aria-label="Inspector" tabIndex={-1}>
      {actor === undefined ? (
        <EmptyState title="Nobody is selected">
          {search.view === 'groups' ? (
            'Click a member of the group or its lane.'
          ) : (
            <>
              Click an actor in the queue or in the lanes, or move with <Kbd keys="j" /> and <Kbd keys="k" />.
            </>
          )}
        </EmptyState>
      ) : error !== null ? (
        <ErrorState error={error} onRetry={retry} />
      ) : facts === undefined ? (
        <LoadingState label="Reading the actor" />
      ) : (
        <div className={css.inspectorBody}>
          <Head facts={facts} detail={detail} lead={lead} run={props.run} onClose={props.onClose} />
          <DecisionBox
            key={`decision ${actor}`}
            actor={actor}
            verdict={detail === undefined ? (props.row?.verdict ?? null) : (detail.decision?.verdict ?? null)}
            decision={detail?.decision}
            isStale={isStale}
            isNext={props.isNext}
            onIsNext={props.onIsNext}
            onDecide={props.onDecide}
            note={props.note}
          />
          <Why
            reasons={detail?.reasons}
            change={detail?.story?.smallestChange?.sentence ?? null}
            chosen={search.reasons}
            onChoose={(feature) => patch({ reasons: toggled(search.reasons, feature), row: undefined })}
          />
          {lead === 'alike' && twins}
          {detail !== undefined && <Detectors detail={detail} run={props.run} />}
          {lead !== 'alike' && twins}
          {props.span !== null && (
            <>
              <Doings key={`doings ${actor}`} actor={actor} span={props.span} explore={props.explore} />
              <Week key={actor} actor={actor} span={props.span} />
            </>
          )}
          {detail !== undefined && <Origins origins={detail.origins} />}
          {facts.events > 0 && props.span !== null && (
            <ActorEvents
              key={`events ${actor}`}
              actor={actor}
              events={facts.events}
              actions={detail?.actions ?? []}
              explore={props.explore}
            />
          )}
        </div>
      )}
    </section>
  );
});

type Facts = Pick<
  ActorDetail,
  'actor' | 'rank' | 'score' | 'percentile' | 'pValue' | 'evidence' | 'events' | 'firstSeen' | 'lastSeen'
>;

const factsOf = (row: QueueRow): Facts => ({ ...row, evidence: row.isRanked ? 'ok' : 'insufficient' });

/** All about an actor; once that is there, what the next one will need is read ahead. */
const useActor = (
  actor: string | undefined,
  nextActor: string | undefined,
): {
  readonly detail: ActorDetail | undefined;
  /** The details are from before, and are being read again. */
  readonly isStale: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
} => {
  const queries = useQueryClient();
  const { data, error, isFetching, refetch } = useQuery({
    ...api.explore.actor.queryOptions({ input: { actor: actor ?? '-' } }),
    enabled: actor !== undefined,
  });
  const isReady = data !== undefined;
  useEffect(() => {
    if (!isReady || nextActor === undefined) return;
    void queries.prefetchQuery(api.explore.actor.queryOptions({ input: { actor: nextActor } }));
  }, [isReady, nextActor, queries]);
  const detail = actor === undefined ? undefined : data;
  return { detail, isStale: detail !== undefined && isFetching, error, retry: () => void refetch() };
};

const Head = (props: {
  readonly facts: Facts;
  readonly detail: ActorDetail | undefined;
  readonly lead: Lead | null;
  readonly run: RunInfo;
  readonly onClose: () => void;
}): ReactNode => {
  const { facts: detail, lead, run, onClose } = props;
  const isRanked = detail.evidence === 'ok';
  return (
    <header className={css.head}>
      <div className={css.headLine}>
        <h2 className={css.token}>{detail.actor}</h2>
        <span className={css.muted}>
          #{formatCount(detail.rank)} of {formatCount(run.actors)}
        </span>
        <LeadChip lead={lead} />
        <IconButton icon={CloseIcon} label="Close inspector" keys="Escape" onPress={onClose} />
      </div>
      {run.ensemble !== null && isRanked && <Story detail={props.detail} />}
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
            {run.span !== null && (
              <div>
                <dt>Events</dt>
                <dd>{formatCount(detail.events)}</dd>
              </div>
            )}
          </dl>
          <p className={css.sentence}>{scoreSentence(detail, run, lead)}</p>
          <AfterVerdicts detail={props.detail} />
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

/** What score, percentile and p-value say, as one sentence. Where the run cannot tell how ordinary actors score, nothing of chance. */
export const scoreSentence = (
  detail: Pick<ActorDetail, 'percentile' | 'pValue'>,
  run: Pick<RunInfo, 'ranked' | 'calibration'>,
  lead: Lead | null,
): string => {
  const how = lead === 'alike' ? 'More alike to others' : 'Less usual';
  const first = `${how} than ${formatPercentile(detail.percentile)} % of the ${formatCount(run.ranked)} ranked actors`;
  if (detail.pValue === null || detail.pValue <= 0 || run.calibration?.identifiable === false) return `${first}.`;
  const oneIn = Math.max(1, Math.round(1 / detail.pValue));
  const chance =
    oneIn <= 2
      ? 'which is quite ordinary'
      : `and about ${formatChance(detail.pValue)} ordinary actors would score as high by chance`;
  return `${first}, ${chance}.`;
};
