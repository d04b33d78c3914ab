import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Grant } from '../../core/api/contract.ts';

/** Goes to Import with files beside those that are there already; stays where it is when there are none. */
export const useGoImport = (): ((grants: readonly Grant[]) => void) => {
  const navigate = useNavigate();
  return useCallback(
    (grants) => {
      if (grants.length === 0) return;
      const added = grants.map(({ id }) => id);
      void navigate({
        to: '/import',
        search: ({ grants: before, options, job, file }) =>
          before === undefined || job !== undefined // an import that was started takes no more files
            ? { grants: added }
            : { grants: [...new Set([...before, ...added])], file, options },
      });
    },
    [navigate],
  );
};
