import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { count } from '../format.ts';
import { formatPercentile } from '../plots/format.ts';
import { queuePage } from '../routes/explore/queue-rows.ts';
import { Button, Dialog, useCommands, VerdictChip } from '../ui/index.ts';
import { FeedbackView } from './feedback-view.tsx';
import { useRerank } from './rerank.ts';
import css from './rerank.module.css';

/** Ranking again by verdicts on every screen: the commands, and what it changed. */
export const RerankDialog = (): ReactNode => {
  const { canRerank, feedback, rerank, takeBack, shown, close } = useRerank();
  const navigate = useNavigate();
  useCommands([
    {
      id: 'rerank',
      title: 'Rank again by verdicts',
      group: 'Decisions',
      isEnabled: canRerank,
      run: () => void rerank(),
    },
    {
      id: 'rerank.take-back',
      title: 'Take the ranking by verdicts back',
      group: 'Decisions',
      isEnabled: feedback !== null,
      run: () => void takeBack(),
    },
  ]);
  const toQueue = (): void => {
    close();
    void navigate({ to: '/explore', search: (before) => ({ ...before, view: undefined, sort: 'feedback' }) });
  };
  return (
    <Dialog
      title="Ranked again by verdicts"
      isOpen={shown !== null}
      onClose={close}
      isWide
      actions={
        <>
          <Button onPress={() => void takeBack()}>Take back</Button>
          <Button kind="primary" onPress={toQueue}>
            Show the new order
          </Button>
        </>
      }
    >
      {shown !== null && (
        <div className={css.body}>
          <FeedbackView feedback={shown} />
          <First />
          <p className={css.hint}>
            The ranking without verdicts stays: sort the queue by rank to see it. Percentiles and p-values are its own.
          </p>
        </div>
      )}
    </Dialog>
  );
};

const FIRST = 5;
const BY_FEEDBACK = { by: 'feedback', descending: false } as const;

const First = (): ReactNode => {
  const { data } = useQuery(queuePage({}, BY_FEEDBACK, 0, FIRST));
  return (
    <table className={css.first} aria-busy={data === undefined}>
      <caption>Who comes first now</caption>
      <thead>
        <tr>
          <th scope="col">Now</th>
          <th scope="col">Before</th>
          <th scope="col">Actor</th>
          <th scope="col">Percentile</th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: FIRST }, (_, i) => data?.rows[i]).map((row, i) => (
          <tr key={row?.actor ?? i}>
            <td>{i + 1}</td>
            <td>{row === undefined ? '' : count(row.rank)}</td>
            <td>
              <code>{row?.actor}</code>
            </td>
            <td>{row === undefined || !row.isRanked ? '' : formatPercentile(row.percentile)}</td>
            <td>{row === undefined ? null : <VerdictChip verdict={row.verdict} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
