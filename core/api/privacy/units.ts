import type { ReleaseQuery } from '../../release/index.ts';

/** What a released number counts, in words that follow it: 12 actors, 3.5 of amount. */
export const unitOf = ({ measure }: Pick<ReleaseQuery, 'measure'>): string => {
  switch (measure.kind) {
    case 'count':
    case 'top':
      return measure.of;
    case 'bounds':
      return 'values in each bin';
    case 'contributions':
      return 'actors in each bin';
    case 'variance':
      return `of ${measure.column}, squared`;
    case 'sum':
    case 'mean':
    case 'quantiles':
      return `of ${measure.column}`;
  }
};
