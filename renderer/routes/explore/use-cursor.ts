import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../client.ts';
import type { Explore } from './use-explore.ts';
import type { Queue } from './use-queue.ts';

export type Cursor = {
  /** Row of the selected actor; -1 when nobody is selected or the filter leaves the actor out. */
  readonly index: number;
  /** Selects a row, which may still be on its way. */
  readonly select: (index: number) => void;
};

const ONE_STEP_MS = 1500;

/** The selected row: the address names the actor, the queue says where it stands. */
export const useCursor = ({ search, filter, sort, patch }: Explore, queue: Queue): Cursor => {
  const [wanted, setWanted] = useState<number | null>(null);
  const changedAtMs = useRef(-ONE_STEP_MS);
  const loadedIndex = queue.indexOf(search.actor);
  const { data } = useQuery({
    ...api.explore.locate.queryOptions({ input: { actor: search.actor ?? '-', filter, sort } }),
    enabled: search.actor !== undefined && loadedIndex < 0 && !queue.isStale && !queue.isPending,
  });
  const settle = (actor: string): void => {
    const now = performance.now();
    patch({ actor }, now - changedAtMs.current < ONE_STEP_MS ? 'replace' : 'push'); // a walk through rows is one step back
    changedAtMs.current = now;
  };
  const wantedActor = wanted === null ? undefined : queue.getRow(wanted)?.actor;
  useEffect(() => {
    if (wantedActor === undefined) return;
    setWanted(null);
    if (wantedActor !== search.actor) settle(wantedActor);
  }, [wantedActor]);
  return {
    index: wanted ?? (loadedIndex >= 0 ? loadedIndex : (data?.index ?? -1)),
    select: (index) => {
      const actor = queue.getRow(index)?.actor;
      if (actor === undefined) setWanted(index);
      else if (actor !== search.actor) settle(actor);
    },
  };
};
