import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { ActorFilter, QueueSort } from '../../../core/api/contract.ts';
import { exploreSearch, filterOf, sortOf, type ExploreSearch } from './search.ts';

export type Patch = (change: Partial<ExploreSearch>, how?: 'push' | 'replace') => void;
export type Explore = {
  readonly search: ExploreSearch;
  readonly filter: ActorFilter;
  readonly sort: QueueSort;
  /** Changes the address, as a step of its own (`push`) or in place; undefined takes a part out. */
  readonly patch: Patch;
};

const sameKey = (value: unknown): string => JSON.stringify(value);

/** The same, a new one only when what narrows the queue or how scores are drawn changes: for parts that show nothing else. */
export const useNarrowing = (explore: Explore): Explore => {
  const { actor: _actor, row: _row, did: _did, panels: _panels, view: _view, twins: _twins, ...rest } = explore.search;
  const key = sameKey(rest);
  return useMemo(() => explore, [key, explore.patch]);
};

/** The screen's state, which is the address. */
export const useExplore = (): Explore => {
  const raw = useLocation({ select: (location): unknown => location.search });
  const navigate = useNavigate();
  const key = sameKey(raw);
  const search = useMemo(() => exploreSearch.parse(JSON.parse(key)), [key]);
  const filterKey = sameKey(filterOf(search));
  const filter = useMemo(() => filterOf(search), [filterKey]);
  const sortKey = sameKey(sortOf(search));
  const sort = useMemo(() => sortOf(search), [sortKey]);
  const patch = useCallback<Patch>(
    (change, how = 'push') => {
      void navigate({
        to: '.',
        replace: how === 'replace',
        search: (before: object) => withoutGaps({ ...before, ...change }),
      });
    },
    [navigate],
  );
  return useMemo(() => ({ search, filter, sort, patch }), [search, filter, sort, patch]);
};

const withoutGaps = (search: object): object =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
