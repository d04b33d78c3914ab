import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../client.ts';
import { localTime } from '../../format.ts';
import { Button, EmptyState, ErrorState, LoadingState } from '../../ui/index.ts';
import { redoRule, undoRule } from './undo.ts';
import css from './rules.module.css';

const EVENTS = { save: 'Saved', state: 'State', remove: 'Removed', undo: 'Undone', redo: 'Done again' } as const;

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
          {data.steps.map(({ at, event, title }, i) => (
            <tr key={i}>
              <td className={css.noWrap}>{localTime(at)}</td>
              <td>{EVENTS[event]}</td>
              <td>{title}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
