import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../client.ts';
import { localTime } from '../../format.ts';
import { Button, EmptyState, ErrorState, LoadingState } from '../../ui/index.ts';
import { stepWords } from './step-words.ts';
import { redoRule, undoRule } from './undo.ts';
import css from './rules.module.css';

/** Every step about rules, the newest first; each can be taken back. */
export const HistoryTab = (): ReactNode => {
  const { data, error, refetch } = useQuery(api.rules.history.queryOptions());
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingState label="Reading the history" />;
  if (data.steps.length === 0) {
    return <EmptyState title="Nothing happened yet.">Every save, change of state and removal shows here.</EmptyState>;
  }
  return (
    <div className={css.page}>
      <div className={css.line}>
        <Button isDisabled={data.undo === null} onPress={() => void undoRule()}>
          {data.undo === null ? 'Undo' : `Undo: ${data.undo}`}
        </Button>
        <Button isDisabled={data.redo === null} onPress={() => void redoRule()}>
          {data.redo === null ? 'Redo' : `Redo: ${data.redo}`}
        </Button>
      </div>
      <table className={css.table}>
        <caption className="visually-hidden">Steps, the newest first</caption>
        <thead>
          <tr>
            <th>When</th>
            <th>Step</th>
            <th>What</th>
          </tr>
        </thead>
        <tbody>
          {data.steps.map((step, i) => {
            const [done, what] = stepWords(step);
            return (
              <tr key={i}>
                <td className={css.noWrap}>{localTime(step.at)}</td>
                <td>{done}</td>
                <td>{what}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
