import type { Dimension, ReleaseQuery, Totals } from '../schema.ts';

/** Name of the group that all others add up to. */
export const ALL = 'all';

/** The totals that a query asks for; undefined where it asks for none. Only a query of one dimension has any. */
export const totalsOf = ({ by: [only] }: Pick<ReleaseQuery, 'by'>): Totals | undefined =>
  only !== undefined && 'totals' in only ? only.totals : undefined;

/** Names of the totals of a dimension: the total of all first, then from coarse to fine. Its own groups follow them. */
export const totalLabels = (dimension: Dimension): readonly string[] => {
  if (!('totals' in dimension) || dimension.totals === undefined) return [];
  return [ALL, ...dimension.totals.levels.toReversed().flatMap(({ labels }) => labels)];
};
