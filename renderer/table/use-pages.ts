import { useQueries } from '@tanstack/react-query';
import type { UseQueryOptions } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';

export type PageQuery<Page> = UseQueryOptions<Page, Error, Page>;

/**
 * The rows of a list that comes page by page. `queryOf` makes the query of one page; keep it stable with useCallback. `rowsOf` takes the
 * rows out of a page. Pages in sight are loaded; `error` is the first failure among them.
 */
export const usePages = <Page, Row>(options: {
  readonly pageSize: number;
  readonly queryOf: (offset: number, limit: number) => PageQuery<Page>;
  readonly rowsOf: (page: Page) => readonly Row[];
}): {
  readonly getRow: (index: number) => Row | undefined;
  readonly onVisibleRange: (first: number, last: number) => void;
  readonly firstPage: Page | undefined;
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
} => {
  const { pageSize, queryOf, rowsOf } = options;
  const [range, setRange] = useState({ first: 0, last: 0 });
  const pages = useMemo(() => {
    const wanted = new Set([0]);
    for (let page = range.first; page <= range.last; page += 1) wanted.add(page);
    return [...wanted].sort((a, b) => a - b);
  }, [range]);
  const queries = useQueries({ queries: pages.map((page) => queryOf(page * pageSize, pageSize)) });
  const onVisibleRange = useCallback(
    (first: number, last: number) => {
      const next = { first: Math.floor(first / pageSize), last: Math.floor(last / pageSize) };
      setRange((now) => (now.first === next.first && now.last === next.last ? now : next));
    },
    [pageSize],
  );
  const getRow = (index: number): Row | undefined => {
    const data = queries[pages.indexOf(Math.floor(index / pageSize))]?.data;
    return data === undefined ? undefined : rowsOf(data)[index % pageSize];
  };
  return {
    getRow,
    onVisibleRange,
    firstPage: queries[0]?.data,
    isLoading: queries[0]?.isPending ?? true,
    error: queries.find((query) => query.error !== null)?.error ?? null,
    retry: () => {
      for (const query of queries) if (query.isError) void query.refetch();
    },
  };
};
