import { useEffect, useRef, useState, type RefObject } from 'react';
import type { ActorFilter, QueueSort } from '../../../core/api/contract.ts';
import type { GridHandle } from '../../table/index.ts';
import { useEvent } from './use-event.ts';
import type { Explore } from './use-explore.ts';
import type { Queue } from './use-queue.ts';

const SETTLED_MS = 250;

type Place = { readonly filter: ActorFilter; readonly sort: QueueSort; readonly row: number | undefined };

/**
 * First row of the queue in sight, which is in the address once scrolling rests. Another filter or order begins at the
 * top; an address that says another place, as history and reloads do, is scrolled to when its rows are there.
 */
export const usePlace = (
  { search, filter, sort, patch }: Explore,
  queue: Pick<Queue, 'isPending' | 'isStale'>,
  grid: RefObject<GridHandle | null>,
): { readonly firstRow: number; readonly onFirstRow: (row: number) => void } => {
  const { row } = search;
  const [firstRow, setFirstRow] = useState(row ?? 0);
  const known = useRef<Place | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isShown = search.view === undefined && !queue.isPending && !queue.isStale;
  useEffect(() => {
    if (search.view !== undefined) known.current = null; // the queue is not there: it comes back at its top
    if (!isShown || isSame(known.current, { filter, sort, row })) return;
    known.current = { filter, sort, row };
    clearTimeout(timer.current);
    grid.current?.scrollToIndex(row ?? 0, 'start');
    setFirstRow(row ?? 0);
  }, [search.view, isShown, filter, sort, row, grid]);
  useEffect(() => () => clearTimeout(timer.current), [filter, sort]);
  const onFirstRow = useEvent((first: number) => {
    setFirstRow(first);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const next = first === 0 ? undefined : first;
      known.current = { filter, sort, row: next };
      patch({ row: next }, 'replace');
    }, SETTLED_MS);
  });
  return { firstRow, onFirstRow };
};

const isSame = (one: Place | null, other: Place): boolean =>
  one !== null && one.filter === other.filter && one.sort === other.sort && one.row === other.row;
