import { useCallback, useState, type RefObject } from 'react';
import type { Verdict } from '../../../core/api/contract.ts';
import { useDecide } from '../../decisions/index.ts';
import type { GridHandle } from '../../table/index.ts';
import type { Cursor } from './use-cursor.ts';
import type { Explore } from './use-explore.ts';
import type { Queue } from './use-queue.ts';

const NEXT_KEY = 'nightjar:decide-and-next';
const NOBODY: ReadonlySet<string> = new Set();

/** Verdicts on the actor that is selected or on those that are marked, and whether the next actor follows a verdict. */
export type Verdicts = {
  readonly marked: ReadonlySet<string>;
  readonly mark: (actor: string) => void;
  readonly unmarkAll: () => void;
  readonly isNext: boolean;
  readonly setIsNext: (isNext: boolean) => void;
  readonly decideOne: (verdict: Verdict | null) => Promise<void>;
  readonly decideAll: (verdict: Verdict | null) => Promise<void>;
};

export const useVerdicts = (
  { search, patch }: Explore,
  queue: Queue,
  cursor: Cursor,
  grid: RefObject<GridHandle | null>,
): Verdicts => {
  const { decide } = useDecide();
  const [marked, setMarked] = useState(NOBODY);
  const [isNext, setIsNext] = useState(localStorage.getItem(NEXT_KEY) !== 'no');
  return {
    marked,
    mark: useCallback((actor) => setMarked((now) => withToggled(now, actor)), []),
    unmarkAll: useCallback(() => setMarked(NOBODY), []),
    isNext,
    setIsNext: useCallback((next) => {
      setIsNext(next);
      localStorage.setItem(NEXT_KEY, next ? 'yes' : 'no');
    }, []),
    decideOne: async (verdict) => {
      const { actor } = search;
      if (actor === undefined) return;
      const isFollowed = isNext && search.view !== 'groups' && verdict !== null && cursor.index >= 0;
      const next = isFollowed ? queue.getRow(cursor.index + 1)?.actor : undefined;
      if (next !== undefined) {
        grid.current?.scrollToIndex(cursor.index + 1);
        patch({ actor: next }, 'replace'); // at once: the next key is about the next actor
      }
      const isDone = await decide({ actors: [actor], verdict });
      if (!isDone && next !== undefined) patch({ actor }, 'replace');
    },
    decideAll: async (verdict) => {
      if (await decide({ actors: [...marked], verdict })) setMarked(NOBODY);
    },
  };
};

const withToggled = (set: ReadonlySet<string>, item: string): ReadonlySet<string> => {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
};
