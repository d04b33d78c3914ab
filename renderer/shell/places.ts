import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { api } from '../client.ts';
import { createStore, useStore } from '../store.ts';

type Places = { readonly caseId: string | undefined; readonly searches: ReadonlyMap<string, object> };

const places = createStore<Places>({ caseId: undefined, searches: new Map() });

/** Screens that are worked in; what Import holds is of one import. */
const KEPT: ReadonlySet<string> = new Set(['/explore', '/decisions', '/rules', '/privacy']);

const FRESH = {};

/** Remembers where the screens were left, of one case and until the window closes. Mounted once. */
export const useKeepPlaces = (): void => {
  const { data: open } = useQuery(api.case.current.queryOptions());
  const caseId = open?.id;
  const path = useLocation({ select: (location) => location.pathname });
  const search = useLocation({ select: (location): object => location.search });
  useEffect(() => {
    const before = places.get();
    const searches = before.caseId === caseId ? before.searches : new Map<string, object>();
    places.set({ caseId, searches: KEPT.has(path) ? new Map(searches).set(path, search) : searches });
  }, [caseId, path, search]);
};

/** What the address of a screen said when it was left: filters, order, tab, who was looked at. */
export const usePlaces = (): ((path: string) => object) => {
  const { searches } = useStore(places);
  return (path) => searches.get(path) ?? FRESH;
};
