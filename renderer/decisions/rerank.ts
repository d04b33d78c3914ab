import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { FeedbackInfo } from '../../core/api/contract.ts';
import { api, client, queryClient } from '../client.ts';
import { counted } from '../format.ts';
import { createStore, useStore } from '../store.ts';
import { showError, showToast } from '../ui/index.ts';

type State = { readonly isBusy: boolean; readonly shown: FeedbackInfo | null };

const state = createStore<State>({ isBusy: false, shown: null });

export type Rerank = {
  /** There is a queue, and a verdict of abuse or benign to rank it by. */
  readonly canRerank: boolean;
  readonly isBusy: boolean;
  /** The latest re-ranking of the run; null without one. */
  readonly feedback: FeedbackInfo | null;
  /** Verdicts of abuse or benign. */
  readonly verdicts: number;
  /** True while verdicts stand that the latest re-ranking did not know. */
  readonly isBehind: boolean;
  readonly rerank: () => Promise<void>;
  readonly takeBack: () => Promise<void>;
  /** What the re-ranking just made changed, until it is closed. */
  readonly shown: FeedbackInfo | null;
  readonly close: () => void;
};

/** How a screen ranks again by the verdicts, and takes that back. */
export const useRerank = (): Rerank => {
  const { isBusy, shown } = useStore(state);
  const { data: open } = useQuery(api.case.current.queryOptions());
  const isOpen = open !== null && open !== undefined;
  const { data: summary } = useQuery(api.decisions.summary.queryOptions({ enabled: isOpen }));
  const { data: run } = useQuery(api.explore.run.queryOptions({ enabled: isOpen }));
  const feedback = run?.feedback ?? null;
  const verdicts = (summary?.abuse ?? 0) + (summary?.benign ?? 0);
  return {
    canRerank: run !== null && run !== undefined && verdicts > 0,
    isBusy,
    feedback,
    verdicts,
    isBehind:
      feedback !== null &&
      summary !== undefined &&
      (feedback.abuse !== summary.abuse || feedback.benign !== summary.benign),
    rerank,
    takeBack,
    shown,
    close: useCallback(() => state.set({ ...state.get(), shown: null }), []),
  };
};

const rerank = async (): Promise<void> => {
  if (state.get().isBusy) return;
  state.set({ isBusy: true, shown: null });
  const place = screenNow();
  try {
    const info = await client.decisions.rerank();
    await refresh();
    const isLeft = screenNow() !== place; // nothing opens over what somebody went on to
    state.set({ isBusy: false, shown: isLeft ? null : info });
    if (!isLeft) return;
    const show = { label: 'Show it', run: () => state.set({ ...state.get(), shown: info }) };
    showToast({ text: feedbackSentence(info), topic: 'rerank', action: show });
  } catch (error) {
    state.set({ isBusy: false, shown: null });
    showError(error);
  }
};

/** The address without what it holds of its screen. */
const screenNow = (): string | undefined => location.hash.split('?')[0];

const takeBack = async (): Promise<void> => {
  state.set({ ...state.get(), shown: null });
  try {
    const { undone } = await client.decisions.undoRerank();
    await refresh();
    showToast({
      text: undone ? 'The ranking by verdicts was taken back.' : 'No ranking by verdicts is left to be taken back.',
      topic: 'rerank',
      ...(undone ? { action: { label: 'Rank again', run: () => void rerank() } } : {}),
    });
  } catch (error) {
    showError(error);
  }
};

const refresh = async (): Promise<void> => {
  await Promise.all(
    [api.explore.key(), api.decisions.key()].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
  );
};

/** What a re-ranking was made of, in a sentence. */
export const feedbackSentence = ({ abuse, benign, used }: FeedbackInfo): string => {
  const all = abuse + benign;
  const of = `${counted(abuse, 'verdict')} of abuse and ${benign} of benign`;
  return used === all ? `Ranked by ${of}.` : `Ranked by ${used} of ${all} verdicts: ${of}.`;
};
