import type { EventFilter } from '../schema.ts';

/** Comparisons in a filter. */
export const filterLeaves = (filter: EventFilter): number =>
  partsOfFilter(filter).reduce((sum, { part }) => sum + filterLeaves(part), 'column' in filter ? 1 : 0);

/** `all`, `any` and `not` inside each other: 0 for a comparison. */
export const filterDepth = (filter: EventFilter): number =>
  'column' in filter ? 0 : 1 + Math.max(0, ...partsOfFilter(filter).map(({ part }) => filterDepth(part)));

/** What a filter is made of, one level down, and the key of each part; nothing for a comparison. */
export const partsOfFilter = (filter: EventFilter): readonly { readonly key: string; readonly part: EventFilter }[] => {
  if ('all' in filter) return filter.all.map((part, i) => ({ key: `all.${i}`, part }));
  if ('any' in filter) return filter.any.map((part, i) => ({ key: `any.${i}`, part }));
  return 'not' in filter ? [{ key: 'not', part: filter.not }] : [];
};
