import { useQuery } from '@tanstack/react-query';
import { useCallback, useRef, useState, type ReactNode } from 'react';
import type { RunInfo, Verdict } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import type { TimeRange } from '../../plots/time.ts';
import { isLineLoss } from '../../problem.ts';
import type { GridHandle } from '../../table/index.ts';
import { ErrorState } from '../../ui/index.ts';
import css from './explore.module.css';
import { ExportQueue } from './export-queue.tsx';
import { Facets } from './facets.tsx';
import { FilterChips } from './filter-chips.tsx';
import { FindField } from './find-field.tsx';
import { groupPlaces } from './group-words.ts';
import { GroupsView } from './groups-view.tsx';
import { Inspector } from './inspector.tsx';
import { Overview } from './overview.tsx';
import { Panels } from './panels.tsx';
import { QueuePanel } from './queue-panel.tsx';
import { QueueToolbar } from './queue-toolbar.tsx';
import { ScorePanel } from './score-panel.tsx';
import { NO_FILTER } from './search.ts';
import { useGoRules } from '../use-go-rules.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useCursor } from './use-cursor.ts';
import { useEvent } from './use-event.ts';
import { useExplore, useNarrowing } from './use-explore.ts';
import { useKeys } from './use-keys.ts';
import { usePlace } from './use-place.ts';
import { useQueue } from './use-queue.ts';
import { useSortable } from './use-sortable.ts';
import { useVerdicts } from './use-verdicts.ts';
import { ViewSwitch } from './view-switch.tsx';

/** The explore screen of a case that has a run. */
export const Workbench = ({ run, span }: { readonly run: RunInfo; readonly span: TimeRange | null }): ReactNode => {
  const explore = useSortable(useExplore(), run);
  const { search, patch } = explore;
  const narrowing = useNarrowing(explore);
  const isGroups = search.view === 'groups';
  const queue = useQueue(explore.filter, explore.sort);
  const cursor = useCursor(explore, queue);
  const cursorRow = queue.getRow(cursor.index);
  const goRules = useGoRules();
  const groups = useQuery({ ...api.explore.groups.queryOptions(), enabled: isGroups });
  const [isExporting, setExporting] = useState(false);
  const grid = useRef<GridHandle>(null);
  const { firstRow, onFirstRow } = usePlace(explore, queue, grid);
  const find = useRef<HTMLInputElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const inspector = useRef<HTMLElement>(null);
  const { marked, mark, unmarkAll, isNext, setIsNext, decideOne, decideAll } = useVerdicts(
    explore,
    queue,
    cursor,
    grid,
  );

  const move = (index: number): void => {
    if (index < 0 || index >= queue.total) return;
    grid.current?.scrollToIndex(index);
    cursor.select(index);
  };
  const moveGroup = (by: number): void => {
    const places = groupPlaces(groups.data ?? []);
    const index = Math.max(0, places.indexOf(search.twins ?? -1));
    const place = places[Math.min(places.length - 1, Math.max(0, index + by))];
    if (place !== undefined) patch({ twins: place }, 'replace');
  };
  const decideNow = useEvent((verdict: Verdict | null) => void decideOne(verdict));
  const select = useEvent(cursor.select);
  const openInspector = useCallback(() => {
    inspector.current?.focus();
    inspector.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }); // where the screen is narrow
  }, []);
  const closeInspector = useEvent(() => {
    grid.current?.focus();
    patch({ actor: undefined });
  });
  const makeRule = (): void => {
    if (marked.size > 0) goRules({ actors: [...marked] });
    else if (isGroups && search.twins !== undefined) goRules({ group: search.twins, run: run.id });
    else if (search.actor !== undefined) goRules({ actors: [search.actor] });
  };
  useKeys({
    isSelected: search.actor !== undefined,
    marked: marked.size,
    move: (by) => (isGroups ? moveGroup(by) : move(cursor.index < 0 ? 0 : cursor.index + by)),
    open: openInspector,
    back: () => {
      if (marked.size > 0) unmarkAll();
      else if (inspector.current?.contains(document.activeElement) === true) grid.current?.focus();
      else patch({ actor: undefined });
    },
    mark: () => search.actor !== undefined && mark(search.actor),
    decide: (verdict) => void (marked.size > 0 ? decideAll(verdict) : decideOne(verdict)),
    note: () => {
      const { current: area } = note;
      area?.focus();
      area?.setSelectionRange(area.value.length, area.value.length); // behind what was written
    },
    find: () => find.current?.focus(),
    exportQueue: () => setExporting(true),
    clear: () => patch(NO_FILTER),
    isGroups,
    switchView: () => patch({ view: isGroups ? undefined : 'groups' }),
    makeRule,
  });

  // A line that is lost comes back, and the rows stay; what the engine refuses is said, and no rows from before pass for an answer.
  const isFailed = queue.error !== null && (queue.isPending || !isLineLoss(queue.error));
  return (
    <Panels
      explore={explore}
      hasTimes={span !== null}
      top={
        <div className={css.bar} role="group" aria-label="What is shown">
          <h1 className="visually-hidden">Explore</h1>
          <ViewSwitch run={run} explore={explore} />
          {isGroups ? (
            <span className={css.hint}>Actors more alike than chance explains, the least likely first.</span>
          ) : (
            <>
              <FindField explore={explore} input={find} />
              <FilterChips run={run} explore={narrowing} />
            </>
          )}
        </div>
      }
      instead={isGroups ? <GroupsView run={run} span={span} explore={explore} /> : null}
      overview={
        span === null ? null : (
          <Overview
            run={run}
            span={span}
            explore={explore}
            queue={queue}
            firstRow={Math.min(firstRow, Math.max(0, queue.total - 1))}
          />
        )
      }
      side={
        <div className={css.side}>
          <ScorePanel run={run} explore={narrowing} queue={queue} />
          {span === null && (
            <p className={css.hint}>
              The entities of this case carry no times: there is no timeline, no lanes and no events.
            </p>
          )}
          <Facets run={run} explore={narrowing} />
        </div>
      }
      queue={
        <section className={css.queueFrame} aria-label="Findings">
          {marked.size > 0 ? (
            <SelectionBar
              count={marked.size}
              onDecide={(verdict) => void decideAll(verdict)}
              onMakeRule={makeRule}
              onClear={unmarkAll}
            />
          ) : (
            <QueueToolbar run={run} explore={explore} queue={queue} onExport={() => setExporting(true)} />
          )}
          {isFailed ? (
            <ErrorState error={queue.error ?? undefined} onRetry={queue.retry} />
          ) : (
            <QueuePanel
              run={run}
              explore={explore}
              queue={queue}
              selectedIndex={cursor.index}
              marked={marked}
              onMark={mark}
              onSelect={select}
              onOpen={openInspector}
              onFirstRow={onFirstRow}
              grid={grid}
            />
          )}
          {isExporting ? <ExportQueue explore={explore} queue={queue} onClose={() => setExporting(false)} /> : null}
        </section>
      }
      inspector={
        <Inspector
          run={run}
          span={span}
          explore={explore}
          row={cursorRow?.actor === search.actor ? cursorRow : undefined}
          nextActor={cursor.index < 0 ? undefined : queue.getRow(cursor.index + 1)?.actor}
          isNext={isNext}
          onIsNext={setIsNext}
          onDecide={decideNow}
          onClose={closeInspector}
          note={note}
          frame={inspector}
        />
      }
    />
  );
};
