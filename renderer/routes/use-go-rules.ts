import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { SuggestFrom } from '../../core/api/contract.ts';

/** Goes to where a rule is made of some actors, of a group of twins, or of events. */
export const useGoRules = (): ((from: Exclude<SuggestFrom, 'verdicts'>) => void) => {
  const navigate = useNavigate();
  return useCallback((from) => void navigate({ to: '/rules', search: { tab: 'suggest', ...from } }), [navigate]);
};
