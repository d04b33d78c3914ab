import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ActorFilter, QueueSort } from '../../../core/api/contract.ts';
import { PAGE_SIZE, queuePage, type QueuePage, type QueueRow } from './queue-rows.ts';
import { useEvent } from './use-event.ts';

export type Queue = {
  /** Actors under the filter, and in all. */
  readonly total: number;
  readonly of: number;
  readonly getRow: (index: number) => QueueRow | undefined;
  /** Place of an actor among the rows that are loaded; -1 for none. */
  readonly indexOf: (actor: string | undefined) => number;
  readonly onVisibleRange: (first: number, last: number) => void;
  /** Nothing was ever loaded. */
  readonly isPending: boolean;
  /** What is shown belongs to the filter before. */
  readonly isStale: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
};

type Loaded = { readonly key: string; readonly pages: ReadonlyMap<number, QueuePage> };

const NOTHING: Loaded = { key: '', pages: new Map() };

/** The queue under a filter, loaded page by page where it is looked at. While another filter loads, the rows before it stay. */
export const useQueue = (filter: ActorFilter, sort: QueueSort): Queue => {
  const key = JSON.stringify([filter, sort]);
  const [range, setRange] = useState({ first: 0, last: 0 });
  const wanted = useMemo(() => {
    const pages = new Set([0]);
    for (let page = range.first; page <= range.last; page++) pages.add(page);
    return [...pages].sort((a, b) => a - b);
  }, [range]);
  const client = useQueryClient();
  useLayoutEffect(() => {
    void client.prefetchQuery(queuePage(filter, sort, 0)); // ahead of what hangs on it: the engine answers in order
  }, [client, filter, sort]);
  const queries = useQueries({ queries: wanted.map((page) => queuePage(filter, sort, page * PAGE_SIZE)) });
  const pages = new Map(wanted.flatMap((page, i) => (queries[i]?.data ? [[page, queries[i].data] as const] : [])));
  const last = useRef<Loaded>(NOTHING);
  if (pages.has(0) && !isSame(last.current, { key, pages })) last.current = { key, pages };
  const loaded = last.current;
  const onVisibleRange = useCallback((first: number, last: number) => {
    const next = { first: Math.floor(first / PAGE_SIZE), last: Math.floor(last / PAGE_SIZE) };
    setRange((before) => (before.first === next.first && before.last === next.last ? before : next));
  }, []);
  const error = queries.find((query) => query.error !== null)?.error ?? null;
  const retry = useEvent(() => {
    for (const query of queries) if (query.isError) void query.refetch();
  });
  const isStale = loaded.pages.size > 0 && loaded.key !== key;
  return useMemo(
    () => ({
      total: loaded.pages.get(0)?.total ?? 0,
      of: loaded.pages.get(0)?.of ?? 0,
      getRow: (index) => loaded.pages.get(Math.floor(index / PAGE_SIZE))?.rows[index % PAGE_SIZE],
      indexOf: (actor) => indexAmong(loaded.pages, actor),
      onVisibleRange,
      isPending: loaded.pages.size === 0,
      isStale,
      error,
      retry,
    }),
    [loaded, isStale, error, onVisibleRange, retry],
  );
};

const isSame = (one: Loaded, other: Loaded): boolean =>
  one.key === other.key &&
  one.pages.size === other.pages.size &&
  [...one.pages].every(([page, rows]) => other.pages.get(page) === rows);

const indexAmong = (pages: ReadonlyMap<number, QueuePage>, actor: string | undefined): number => {
  if (actor === undefined) return -1;
  for (const [page, { rows }] of pages) {
    const at = rows.findIndex((row) => row.actor === actor);
    if (at >= 0) return page * PAGE_SIZE + at;
  }
  return -1;
};
