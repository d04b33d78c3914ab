import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { ImportOptions, InspectedFile } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { useSettled } from '../../ui/use-settled.ts';

const route = getRouteApi('/import');
const NO_GRANTS: readonly string[] = [];
const NO_FILES: readonly InspectedFile[] = [];
const NO_OPTIONS: ImportOptions = {};
const SETTLE_MS = 200;

export type Inspection = {
  readonly grants: readonly string[];
  readonly options: ImportOptions;
  readonly setOptions: (options: ImportOptions) => void;
  readonly files: readonly InspectedFile[];
  readonly selected: number;
  readonly select: (index: number) => void;
  readonly remove: (file: InspectedFile) => void;
  readonly clear: () => void;
  /** The first look is under way. */
  readonly isLoading: boolean;
  /** What is shown is of before the last edit. */
  readonly isStale: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
};

/** The files in the address, how they would be read under the options in the address, and how to edit these. */
export const useInspection = (): Inspection => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const grants = search.grants ?? NO_GRANTS;
  const options = search.options ?? NO_OPTIONS;
  const settled = useSettled(options, SETTLE_MS);
  const query = useQuery(
    api.import.inspect.queryOptions({
      input: { grants: [...grants], options: settled },
      enabled: grants.length > 0,
      placeholderData: keepPreviousData,
      retry: false,
    }),
  );
  const found = query.data?.files ?? NO_FILES;
  // What was left out is gone at once, not when the others have been looked at again.
  const files = useMemo(() => found.filter(({ grant }) => grants.includes(grant)), [found, grants]);
  const setOptions = useCallback(
    (next: ImportOptions) => void navigate({ search: (now) => ({ ...now, options: next }), replace: true }),
    [navigate],
  );
  const selected = Math.min(search.file ?? 0, Math.max(0, files.length - 1));
  const remove = ({ grant }: InspectedFile): void => {
    const file = files.slice(0, selected).filter((each) => each.grant !== grant).length; // the same one stays chosen
    void navigate({
      search: (now) => {
        const left = (now.grants ?? NO_GRANTS).filter((other) => other !== grant);
        return left.length === 0 ? {} : { grants: left, file, options: now.options };
      },
    });
  };
  return {
    grants,
    options,
    setOptions,
    files,
    selected,
    select: (file) => void navigate({ search: (now) => ({ ...now, file }), replace: true }),
    remove,
    clear: () => void navigate({ search: {} }),
    isLoading: query.isPending && grants.length > 0,
    isStale: query.isPlaceholderData || settled !== options,
    error: query.error,
    retry: () => void query.refetch(),
  };
};
