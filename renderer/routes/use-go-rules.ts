import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';

/** Whom a rule is to find. */
export type RuleSubject = { readonly actors: readonly string[] } | { readonly group: number };

/** Goes to where a rule is made of some actors, or of a group of twins. */
export const useGoRules = (): ((subject: RuleSubject) => void) => {
  const navigate = useNavigate();
  return useCallback(
    (subject) =>
      void navigate({
        to: '/rules',
        search: {
          tab: 'suggest',
          ...('group' in subject ? { group: subject.group } : { actors: [...subject.actors] }),
        },
      }),
    [navigate],
  );
};
