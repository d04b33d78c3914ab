import type { ReactNode } from 'react';
import type { FeedbackInfo } from '../../../core/api/contract.ts';
import { FeedbackView, useRerank } from '../../decisions/index.ts';
import { localTime } from '../../format.ts';
import { RankIcon, UndoIcon } from '../../ui/icons.tsx';
import { Button } from '../../ui/index.ts';
import css from './run.module.css';

/** What the verdicts made of the queue, and ways to do that again or take it back. */
export const Feedback = ({ feedback }: { readonly feedback: FeedbackInfo | null }): ReactNode => {
  const { canRerank, isBusy, rerank, takeBack } = useRerank();
  return (
    <section className={css.section} aria-labelledby="feedback">
      <h2 id="feedback">After verdicts</h2>
      {feedback === null ? (
        <p className={css.muted}>
          {canRerank
            ? 'The queue was not ranked by your verdicts yet. The ranking without them stays.'
            : 'Decide that some actors are abuse or benign, and the queue can be ranked by that.'}
        </p>
      ) : (
        <>
          <FeedbackView feedback={feedback} />
          <p className={css.muted}>Ranked {localTime(feedback.createdAt)}.</p>
        </>
      )}
      <div className={css.actions}>
        <Button icon={RankIcon} isDisabled={!canRerank} isBusy={isBusy} onPress={() => void rerank()}>
          {isBusy ? 'Ranking by verdicts …' : 'Rank again by verdicts'}
        </Button>
        {feedback !== null && (
          <Button icon={UndoIcon} kind="quiet" onPress={() => void takeBack()}>
            Take back
          </Button>
        )}
      </div>
    </section>
  );
};
