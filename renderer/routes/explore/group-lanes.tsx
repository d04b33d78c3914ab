import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { Figure } from '../../plots/figure.tsx';
import { formatCount } from '../../plots/format.ts';
import { SwimLane } from '../../plots/swim-lane-canvas.tsx';
import { lanesThatFit, tableOfSwimLane, type SwimLaneData } from '../../plots/swim-lane.ts';
import { binsOf, formatStep, type TimeRange } from '../../plots/time.ts';
import { useSize } from '../../plots/use-size.ts';
import { useTheme } from '../../theme/theme.ts';
import { Button } from '../../ui/index.ts';
import css from './groups.module.css';
import type { QueueRow } from './queue-rows.ts';
import type { Explore } from './use-explore.ts';
import { laneOf, laneQuery, useOverall } from './use-lanes.ts';

const LABEL_WIDTH = 104;
const LANE_HEIGHT = 13;
const BIN_PX = 5;

/** What the members of a group did when, below everybody; a drag looks closer. */
export const GroupLanes = (props: {
  readonly rows: readonly QueueRow[];
  readonly size: number;
  readonly span: TimeRange;
  readonly explore: Explore;
}): ReactNode => {
  const { rows, span, explore } = props;
  const [frame, size] = useSize();
  const [zoom, setZoom] = useState<TimeRange | null>(null);
  const { tokens } = useTheme();
  const { from, to } = zoom ?? span;
  const bins = useMemo(
    () => binsOf({ from, to }, Math.max(24, Math.floor(((size?.width ?? 600) - LABEL_WIDTH) / BIN_PX))),
    [from, to, size?.width],
  );
  const shown = rows.slice(0, lanesThatFit(size?.height ?? 100, LANE_HEIGHT));
  const actors = shown.map(({ actor }) => actor);
  const { data: counts, isPlaceholderData } = useQuery({
    ...laneQuery(actors, bins),
    enabled: actors.length > 0 && size !== null,
    placeholderData: keepPreviousData,
  });
  const overall = useOverall(bins);
  const { actor } = explore.search;
  const fresh = useMemo<SwimLaneData>(
    () => ({ bins, overall, lanes: shown.map((row) => laneOf(row, counts ?? new Map())), selected: actor ?? null }),
    [bins, overall, counts, actor, actors.join()],
  );
  const last = useRef(fresh);
  if (counts !== undefined) last.current = fresh;
  const data = last.current; // no blank lanes while others are read
  return (
    <Figure
      className={css.lanes}
      title="Who, when"
      aside={`${formatCount(shown.length)} of ${formatCount(props.size)} members · stronger: more events per ${formatStep(bins.stepMs)}`}
      tools={
        <Button kind="quiet" isDisabled={zoom === null} onPress={() => setZoom(null)}>
          Whole time
        </Button>
      }
      twin={() => tableOfSwimLane(data)}
    >
      <div
        ref={frame}
        className={css.canvas}
        data-stale={rows.length > 0 && (counts === undefined || isPlaceholderData)}
      >
        {size !== null && (
          <SwimLane
            data={data}
            size={size}
            labelWidth={LABEL_WIDTH}
            rowHeight={LANE_HEIGHT}
            colours={tokens}
            onSelect={(chosen) => explore.patch({ actor: chosen })}
            onBrush={setZoom}
          />
        )}
      </div>
    </Figure>
  );
};
