import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, client, readTable } from '../../client.ts';
import type { Lane } from '../../plots/swim-lane.ts';
import type { Bins } from '../../plots/time.ts';
import { bandOf } from '../../theme/bands.ts';
import { countsOf, type QueueRow } from './queue-rows.ts';
import type { Queue } from './use-queue.ts';

const BLOCK = 50;

/**
 * Lanes of the queue's rows from `first` on, `count` of them, in the queue's order. They are read in blocks that begin at
 * round numbers, so that scrolling within a block asks for nothing. Rows that are still on their way have empty lanes.
 */
export const useLanes = (
  queue: Queue,
  first: number,
  count: number,
  bins: Bins,
): { readonly lanes: readonly Lane[]; readonly isReady: boolean } => {
  const last = Math.min(queue.total, first + count) - 1;
  const blocks = useMemo(() => {
    const from = Math.floor(first / BLOCK);
    return Array.from({ length: Math.max(0, Math.floor(last / BLOCK) - from + 1) }, (_, i) => from + i);
  }, [first, last]);
  const actorsOf = (block: number): string[] =>
    Array.from({ length: BLOCK }, (_, i) => queue.getRow(block * BLOCK + i)?.actor).filter((a) => a !== undefined);
  const queries = useQueries({
    queries: blocks.map((block) => ({
      ...laneQuery(actorsOf(block), bins),
      enabled: !queue.isStale && queue.total > 0,
    })),
  });
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => queue.getRow(first + i));
  const versions = queries.map((query) => query.dataUpdatedAt).join();
  const key = `${rows.map((row) => row?.actor ?? '').join()}|${bins.from},${bins.stepMs},${bins.count}|${versions}`;
  const lanes = useMemo(() => {
    const counts = new Map(queries.flatMap((query) => [...(query.data ?? [])]));
    return rows.map((row) => laneOf(row, counts));
  }, [key]);
  return {
    lanes,
    isReady: !queue.isStale && (blocks.length === 0 || queries.some((query) => query.data !== undefined)),
  };
};

/** Everybody's events in the bins. */
export const useOverall = (bins: Bins): readonly number[] => {
  const input = { filter: {}, from: bins.from, to: bins.to, bins: bins.count };
  const { data } = useQuery({ ...api.explore.timeline.queryOptions({ input }), placeholderData: keepPreviousData });
  return data?.all ?? NO_COUNTS;
};

const NO_COUNTS: readonly number[] = [];

/** A row's lane, without events while they are on their way. */
export const laneOf = (row: QueueRow | undefined, counts: ReadonlyMap<string, readonly number[]>): Lane => ({
  actor: row?.actor ?? '',
  counts: (row === undefined ? undefined : counts.get(row.actor)) ?? NO_COUNTS,
  band: row === undefined || !row.isRanked ? null : bandOf(row.percentile).index,
});

/** The query of the events of actors in the bins. */
export const laneQuery = (actors: readonly string[], bins: Bins) => {
  const input = { actors: [...actors], from: bins.from, to: bins.to, bins: bins.count };
  return {
    queryKey: [...api.explore.lanes.queryKey({ input }), 'counts'],
    queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<ReadonlyMap<string, readonly number[]>> => {
      const table = await readTable((await client.explore.lanes(input, { signal })).table);
      const [actor, counts] = [table.getChild('actor'), table.getChild('counts')];
      return new Map(Array.from({ length: table.numRows }, (_, i) => [String(actor.at(i)), countsOf(counts.at(i))]));
    },
  };
};
