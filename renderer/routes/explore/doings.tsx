import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { ActorDetail } from '../../../core/api/contract.ts';
import { api, client } from '../../client.ts';
import { ACTOR_TIMELINE_MARGINS, drawActorTimeline, tableOfActorTimeline } from '../../plots/actor-timeline.ts';
import { Chart } from '../../plots/chart.tsx';
import { Figure } from '../../plots/figure.tsx';
import { formatCount } from '../../plots/format.ts';
import { drawHourOfWeek, tableOfHourOfWeek } from '../../plots/hour-of-week.ts';
import { TimeBrush } from '../../plots/time-brush.tsx';
import { binsOf, formatStep, type TimeRange } from '../../plots/time.ts';
import { Button, ErrorNotice } from '../../ui/index.ts';
import { hourOfWeek } from '../../worker/start.ts';
import css from './explore.module.css';
import { revealed } from '../../format.ts';
import type { Explore } from './use-explore.ts';

const ROW_PX = 15;
const OTHERS_PX = 80;

/** What an actor did when, over what active peers do; the brush is the same as above the queue. */
export const Doings = (props: {
  readonly actor: string;
  readonly span: TimeRange;
  readonly explore: Explore;
}): ReactNode => {
  const { actor, span, explore } = props;
  const { search, patch } = explore;
  const bins = useMemo(() => binsOf(span, 90), [span]);
  const input = { actor, from: bins.from, to: bins.to, bins: bins.count };
  const { data, error } = useQuery({
    ...api.explore.actorTimeline.queryOptions({ input }),
    placeholderData: keepPreviousData,
  });
  const timeline = useMemo(
    () => ({ bins, actions: data?.actions ?? [], peers: data?.peers ?? { median: [], p90: [] } }),
    [bins, data],
  );
  const draw = useCallback(
    ({ width }: { readonly width: number }) => drawActorTimeline(timeline, { width }),
    [timeline],
  );
  if (error !== null) return <ErrorNotice error={error} />;
  const { from, to } = search;
  return (
    <Figure
      title="When"
      aside={
        <>
          per {formatStep(bins.stepMs)} · <i className={css.keyShown} /> actor <i className={css.keyAll} /> active peers
        </>
      }
      twin={() => tableOfActorTimeline(timeline)}
    >
      <Chart draw={draw} height={OTHERS_PX + ROW_PX * Math.max(1, timeline.actions.length)}>
        {({ width, height }) => (
          <TimeBrush
            bins={bins}
            left={ACTOR_TIMELINE_MARGINS.left}
            right={ACTOR_TIMELINE_MARGINS.right}
            width={width}
            height={height}
            value={from === undefined && to === undefined ? null : { from: from ?? span.from, to: to ?? span.to }}
            onChange={(range) => patch({ from: range?.from, to: range?.to, row: undefined })}
          />
        )}
      </Chart>
    </Figure>
  );
};

const HOUR = 3_600_000;
const MOST_BINS = 2000;
const MOST_CALLS = 12;

/** Hours of the week, on request: it reads the whole span by the hour. */
export const Week = ({ actor, span }: { readonly actor: string; readonly span: TimeRange }): ReactNode => {
  const [isOpen, setOpen] = useState(false);
  const { data, error, isFetching } = useQuery({
    queryKey: ['hour-of-week', actor, span],
    enabled: isOpen,
    queryFn: async ({ signal }) => ({ counts: await weekOf(actor, span, signal) }),
  });
  const week = useMemo(() => ({ counts: data?.counts ?? NO_HOURS }), [data]);
  const draw = useCallback(({ width }: { readonly width: number }) => drawHourOfWeek(week, { width }), [week]);
  if (!isOpen) {
    return (
      <Button kind="quiet" onPress={() => setOpen(true)}>
        Show hours of the week
      </Button>
    );
  }
  if (error !== null) return <p className={css.hint}>Hours of the week cannot be shown: {error.message}</p>;
  return (
    <Figure title="Hours of the week" aside={isFetching ? 'counting …' : 'UTC'} twin={() => tableOfHourOfWeek(week)}>
      <Chart draw={draw} height={109} />
    </Figure>
  );
};

const NO_HOURS: readonly number[] = Array.from({ length: 168 }, () => 0);

const weekOf = async (actor: string, span: TimeRange, signal: AbortSignal): Promise<readonly number[]> => {
  const first = Math.floor(span.from / HOUR) * HOUR;
  const hours = Math.ceil((span.to - first) / HOUR);
  if (hours > MOST_BINS * MOST_CALLS) throw new Error('the span of this case is too long.');
  const times: number[] = [];
  const counts: number[] = [];
  for (let done = 0; done < hours; done += MOST_BINS) {
    const bins = Math.min(MOST_BINS, hours - done);
    const from = first + done * HOUR;
    const { actions } = await client.explore.actorTimeline({ actor, from, to: from + bins * HOUR, bins }, { signal });
    for (let i = 0; i < bins; i++) {
      const events = actions.reduce((sum, action) => sum + (action.counts[i] ?? 0), 0);
      if (events > 0) {
        times.push(from + i * HOUR);
        counts.push(events);
      }
    }
  }
  return hourOfWeek(times, counts);
};

/** From where an actor works: of each origin how many, the most frequent, and how many others share it. */
export const Origins = ({ origins }: Pick<ActorDetail, 'origins'>): ReactNode => {
  const shown = origins.filter((origin) => origin.distinct > 0);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="origins">
      <h3 id="origins" className={css.section}>
        From where
      </h3>
      <table aria-labelledby="origins" className={css.origins}>
        <thead>
          <tr>
            <th scope="col">Origin</th>
            <th scope="col">Most frequent</th>
            <th scope="col" className={css.numberCell}>
              Events
            </th>
            <th scope="col" className={css.numberCell}>
              Actors
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.flatMap(({ column, distinct, top }) =>
            top.slice(0, 3).map(({ value, events, actors }, i) => (
              <tr key={`${column}:${value}`}>
                {i === 0 && (
                  <th scope="rowgroup" rowSpan={Math.min(3, top.length)}>
                    {column} <span className={css.muted}>{formatCount(distinct)}</span>
                  </th>
                )}
                <td>
                  <code className={css.token} title={revealed(value)}>
                    {revealed(value)}
                  </code>
                </td>
                <td className={css.numberCell}>{formatCount(events)}</td>
                <td className={css.numberCell} data-shared={actors > 1}>
                  {formatCount(actors)}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </section>
  );
};
