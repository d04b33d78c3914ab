import { memo, useMemo, type ReactNode, type Ref } from 'react';
import type { RunInfo } from '../../../core/api/contract.ts';
import { formatCount } from '../../plots/format.ts';
import { useSize } from '../../plots/use-size.ts';
import { VirtualGrid, type GridHandle } from '../../table/index.ts';
import { Button, EmptyState } from '../../ui/index.ts';
import { queueColumns } from './columns.tsx';
import css from './explore.module.css';
import { ofGroup } from './group-words.ts';
import { NO_FILTER, toggled } from './search.ts';
import type { Explore } from './use-explore.ts';
import type { Queue } from './use-queue.ts';

export type QueuePanelProps = {
  readonly run: RunInfo;
  readonly explore: Explore;
  readonly queue: Queue;
  readonly selectedIndex: number;
  readonly marked: ReadonlySet<string>;
  readonly onMark: (actor: string) => void;
  readonly onSelect: (index: number) => void;
  readonly onOpen: () => void;
  /** First row in sight, as it changes. */
  readonly onFirstRow: (row: number) => void;
  readonly grid: Ref<GridHandle>;
};

const ROW_PX = 28;
const NO_GROUP = { group: undefined, groupRun: undefined } as const;

/** The ranked queue. */
export const QueuePanel = memo((props: QueuePanelProps): ReactNode => {
  const { run, explore, queue, marked, onMark, onFirstRow } = props;
  const { search, sort, patch } = explore;
  const [frame, size] = useSize();
  const chosenGroup = search.groupRun === undefined || search.groupRun === run.id ? search.group : undefined;
  const columns = useMemo(
    () =>
      queueColumns({
        run,
        width: size?.width ?? 700,
        marked,
        onMark,
        chosenReasons: search.reasons,
        sortedBy: sort.by,
        onSortBy: (by) => patch(sortChange({ by, descending: true }, sort)),
        chosenGroup,
        onGroup: (group) =>
          patch({ ...(group === chosenGroup ? NO_GROUP : ofGroup({ place: group, run: run.id })), row: undefined }),
        onReason: (feature) => patch({ reasons: toggled(search.reasons, feature), row: undefined }),
      }),
    [run, size?.width, marked, onMark, search.reasons, chosenGroup, sort, patch],
  );
  return (
    <div
      ref={frame}
      className={css.queue}
      data-stale={queue.isStale}
      onScrollCapture={(event) => {
        if (event.target instanceof HTMLElement && event.target.getAttribute('role') === 'grid')
          onFirstRow(Math.max(0, Math.round(event.target.scrollTop / ROW_PX)));
      }}
    >
      <VirtualGrid
        ref={props.grid}
        label="Queue of findings"
        columns={columns}
        rowCount={queue.total}
        getRow={queue.getRow}
        onVisibleRange={queue.onVisibleRange}
        selectedIndex={props.selectedIndex}
        onSelect={props.onSelect}
        onOpen={props.onOpen}
        isMarked={(index) => marked.has(queue.getRow(index)?.actor ?? '')}
        sort={sort}
        onSort={(next) => patch(sortChange(next, sort), 'push')}
        rowHeight={ROW_PX}
        empty={
          queue.isPending ? undefined : (
            <EmptyState
              title="Nobody matches these filters"
              actions={<Button onPress={() => patch(NO_FILTER)}>Clear all filters</Button>}
            >
              Take a filter away to see more of the {formatCount(queue.of)} actors.
            </EmptyState>
          )
        }
      />
    </div>
  );
});

/** The first click on rank or a time begins where one looks first; the next one turns the order round. */
const sortChange = (
  next: { readonly by: string; readonly descending: boolean },
  now: { readonly by: string; readonly descending: boolean },
): { readonly sort: string | undefined; readonly ascending: boolean | undefined; readonly row: undefined } => {
  const isFirst = next.by !== now.by;
  const descending = isFirst ? next.by !== 'rank' : next.descending;
  const isDefault = next.by === 'rank' && !descending;
  return {
    sort: isDefault ? undefined : next.by,
    ascending: isDefault || descending ? undefined : true,
    row: undefined,
  };
};
