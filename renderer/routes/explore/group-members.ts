import type { TwinGroup, Verdict } from '../../../core/api/contract.ts';
import { queryClient } from '../../client.ts';
import { ofGroup } from './group-words.ts';
import { queuePage } from './queue-rows.ts';

const PAGE = 1000;
const MOST = 10_000;
const BY_RANK = { by: 'rank', descending: false } as const;

/** Members of a group with one of these verdicts, by rank; at most as many as can be decided about at once (10,000). */
export const membersBy = async (
  group: Pick<TwinGroup, 'place' | 'run'>,
  verdicts: readonly (Verdict | 'none')[],
): Promise<readonly string[]> => {
  const actors: string[] = [];
  for (let offset = 0; offset < MOST; offset += PAGE) {
    const page = queuePage({ ...ofGroup(group), verdicts: [...verdicts] }, BY_RANK, offset, PAGE);
    const { rows, total } = await queryClient.fetchQuery({ ...page, staleTime: 0 });
    actors.push(...rows.map(({ actor }) => actor));
    if (actors.length >= total || rows.length === 0) break;
  }
  return actors;
};
