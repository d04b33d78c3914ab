import { useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ActorFilter, QueueSort } from '../../../core/api/contract.ts';
import { PAGE_SIZE, queuePage, type QueuePage, type QueueRow } from './queue-rows.ts';

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
  const queries = useQueries({ queries: wanted.map((page) => queuePage(filter, sort, page * PAGE_SIZE)) });
  const now = new Map(wanted.flatMap((page, i) => (queries[i]?.data ? [[page, queries[i].data] as const] : [])));
  const last = useRef<Loaded>(NOTHING);
  const isComplete = wanted.some((page) => now.has(page)) && now.has(0);
  const loaded: Loaded = isComplete ? { key, pages: now } : last.current;
  useEffect(() => {
    last.current = loaded;
  });
  const onVisibleRange = useCallback((first: number, last: number) => {
    const next = { first: Math.floor(first / PAGE_SIZE), last: Math.floor(last / PAGE_SIZE) };
    setRange((before) => (before.first === next.first && before.last === next.last ? before : next));
  }, []);
  const { pages } = loaded;
  const getRow = (index: number): QueueRow | undefined =>
    pages.get(Math.floor(index / PAGE_SIZE))?.rows[index % PAGE_SIZE];
  return {
    total: pages.get(0)?.total ?? 0,
    of: pages.get(0)?.of ?? 0,
    getRow,
    indexOf: (actor) => indexAmong(pages, actor),
    onVisibleRange,
    isPending: pages.size === 0,
    isStale: loaded.key !== key,
    error: queries.find((query) => query.error !== null)?.error ?? null,
    retry: () => {
      for (const query of queries) if (query.isError) void query.refetch();
    },
  };
};

const indexAmong = (pages: ReadonlyMap<number, QueuePage>, actor: string | undefined): number => {
  if (actor === undefined) return -1;
  for (const [page, { rows }] of pages) {
    const at = rows.findIndex((row) => row.actor === actor);
    if (at >= 0) return page * PAGE_SIZE + at;
  }
  return -1;
};
