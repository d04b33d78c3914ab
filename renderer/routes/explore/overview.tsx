import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { memo, useCallback, useMemo, useRef, type ReactNode } from 'react';
import type { RunInfo } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { Chart } from '../../plots/chart.tsx';
import { Figure } from '../../plots/figure.tsx';
import { SwimLane } from '../../plots/swim-lane-canvas.tsx';
import { lanesThatFit, tableOfSwimLane, type SwimLaneData } from '../../plots/swim-lane.ts';
import { TimeBrush } from '../../plots/time-brush.tsx';
import { binsOf, formatStep, type TimeRange } from '../../plots/time.ts';
import { drawTimeline, tableOfTimeline } from '../../plots/timeline.ts';
import { useSize } from '../../plots/use-size.ts';
import { useTheme } from '../../theme/theme.ts';
import css from './explore.module.css';
import { useNarrowing, type Explore } from './use-explore.ts';
import { useLanes, useOverall } from './use-lanes.ts';
import type { Queue } from './use-queue.ts';

const LABEL_WIDTH = 112;
const RIGHT = 10;
const LANE_HEIGHT = 13;
const TIMELINE_HEIGHT = 78;

export type OverviewProps = {
  readonly run: RunInfo;
  readonly span: TimeRange;
  readonly explore: Explore;
  readonly queue: Queue;
  /** First row of the queue in sight: the first lane. */
  readonly firstRow: number;
};

/** Who did how much when: everybody over the whole span, with the brush; and below the rows of the queue in sight, within the brush. */
export const Overview = memo((props: OverviewProps): ReactNode => {
  const narrowing = useNarrowing(props.explore);
  return (
    <div className={css.overview}>
      <Timeline span={props.span} explore={narrowing} />
      <Lanes {...props} />
    </div>
  );
});

const Timeline = memo(({ span, explore }: Pick<OverviewProps, 'span' | 'explore'>): ReactNode => {
  const { search, filter, patch } = explore;
  const bins = useMemo(() => binsOf(span, 240), [span]);
  const input = { filter, from: bins.from, to: bins.to, bins: bins.count };
  const { data } = useQuery({ ...api.explore.timeline.queryOptions({ input }), placeholderData: keepPreviousData });
  const timeline = useMemo(() => ({ bins, all: data?.all ?? [], filtered: data?.filtered ?? [] }), [bins, data]);
  const draw = useCallback(
    ({ width, height }: { readonly width: number; readonly height: number }) =>
      drawTimeline(timeline, { width, height, marginLeft: LABEL_WIDTH, marginRight: RIGHT }),
    [timeline],
  );
  const value = brushOf(explore, span);
  return (
    <Figure
      className={css.padded}
      title="Events over time"
      level={2}
      aside={
        <>
          per {formatStep(bins.stepMs)}, UTC, root scale · <i className={css.keyAll} /> everybody{' '}
          <i className={css.keyShown} /> actors shown · drag to choose a time
        </>
      }
      twin={() => tableOfTimeline(timeline)}
    >
      <Chart draw={draw} height={TIMELINE_HEIGHT}>
        {({ width, height }) => (
          <TimeBrush
            bins={bins}
            left={LABEL_WIDTH}
            right={RIGHT}
            width={width}
            height={height}
            value={search.from === undefined && search.to === undefined ? null : value}
            onChange={(range) => patch({ from: range?.from, to: range?.to, row: undefined })}
          />
        )}
      </Chart>
    </Figure>
  );
});

const Lanes = ({ span, explore, queue, firstRow }: OverviewProps): ReactNode => {
  const [frame, size] = useSize();
  const { tokens } = useTheme();
  const { patch, search } = explore;
  const range = brushOf(explore, span);
  const bins = useMemo(
    () => binsOf(range, Math.max(24, Math.floor(((size?.width ?? 900) - LABEL_WIDTH) / 5))),
    [range.from, range.to, size?.width],
  );
  const fit = lanesThatFit(size?.height ?? 100, LANE_HEIGHT);
  const { lanes, isReady } = useLanes(queue, firstRow, fit, bins);
  const overall = useOverall(bins);
  const fresh = useMemo<SwimLaneData>(
    () => ({ bins, overall, lanes, selected: search.actor ?? null }),
    [bins, overall, lanes, search.actor],
  );
  const last = useRef(fresh);
  if (isReady) last.current = fresh;
  const data = last.current; // no blank lanes while others are read
  const shown = data.lanes.length === 0 ? 'none' : `rows ${firstRow + 1}–${firstRow + data.lanes.length} of the queue`;
  return (
    <Figure
      className={`${css.padded} ${css.grow}`}
      title="Who, when"
      level={2}
      aside={`${shown} · stronger: more events per ${formatStep(data.bins.stepMs)} (log scale)`}
      twin={() => tableOfSwimLane(data)}
    >
      <div ref={frame} className={css.grow} data-stale={queue.isStale}>
        {size !== null && (
          <SwimLane
            data={data}
            size={size}
            labelWidth={LABEL_WIDTH}
            rowHeight={LANE_HEIGHT}
            colours={tokens}
            onSelect={(actor) => patch({ actor })}
            onBrush={(chosen) => patch({ from: chosen.from, to: chosen.to, row: undefined })}
          />
        )}
      </div>
    </Figure>
  );
};

/** The brushed range, or the whole span. */
const brushOf = ({ search }: Explore, span: TimeRange): TimeRange => ({
  from: search.from ?? span.from,
  to: search.to ?? span.to,
});
