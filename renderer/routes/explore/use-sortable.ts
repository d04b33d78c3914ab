import { useMemo } from 'react';
import type { RunInfo } from '../../../core/api/contract.ts';
import type { Explore } from './use-explore.ts';

/**
 * The same; by rank where the address asks for an order that the run does not have: by verdicts, which were taken back, or
 * by a detector of the run before.
 */
export const useSortable = (explore: Explore, run: RunInfo): Explore => {
  const { by } = explore.sort;
  const isGone = by === 'feedback' ? run.feedback === null : !SORTS.has(by) && !run.detectors.includes(by);
  return useMemo(() => (isGone ? { ...explore, sort: BY_RANK } : explore), [explore, isGone]);
};

const BY_RANK = { by: 'rank', descending: false } as const;
const SORTS: ReadonlySet<string> = new Set(['rank', 'events', 'lastSeen', 'score', 'ensemble']);
