import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { LedgerViewData } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { counted } from '../../format.ts';
import { drawBudgetSteps, tableOfBudgetSteps } from '../../plots/budget-steps.ts';
import { Chart } from '../../plots/chart.tsx';
import { Figure } from '../../plots/figure.tsx';
import { DatabaseIcon } from '../../ui/icons.tsx';
import { Button, EmptyState, ErrorNotice, LoadingState, Notice } from '../../ui/index.ts';
import { amount, moment, numberOf, shortId, spentWords } from './amounts.ts';
import css from './privacy.module.css';

type Props = { readonly ledger: LedgerViewData; readonly onSetLimit: () => void };

/** What was spent, line by line, whether the chain holds, and what is left. */
export const LedgerTab = ({ ledger, onSetLimit }: Props) => {
  const { lines, limit, spent, remaining, keys, twoPersons } = ledger;
  const byRho = spent.epsilon === null;
  const steps = useMemo(
    () =>
      lines.map(({ seq, spent: after, limit: atThatTime }) => ({
        seq,
        spent: byRho ? after.rho : numberOf(after.epsilon ?? '0'),
        limit: byRho || atThatTime === null ? null : numberOf(atThatTime),
      })),
    [lines, byRho],
  );
  const unit = byRho ? 'ρ' : 'ε';
  const draw = useCallback(
    ({ width }: { readonly width: number }) => drawBudgetSteps(steps, { width, unit }),
    [steps, unit],
  );
  if (lines.length === 0) {
    return (
      <EmptyState
        icon={DatabaseIcon}
        title="The ledger is empty."
        actions={
          <Button kind="primary" onPress={onSetLimit}>
            Set a limit
          </Button>
        }
      >
        It begins when a reviewer sets the limit of this case, or when somebody asks for a release.
      </EmptyState>
    );
  }
  return (
    <div className={css.page}>
      <Verdict />
      <dl className={css.facts}>
        <div>
          <dt>Limit</dt>
          <dd>{limit === null ? 'none yet' : `ε ${amount(limit.epsilon)}, δ ${amount(limit.delta)}`}</dd>
        </div>
        <div>
          <dt>Spent</dt>
          <dd>{spentWords(spent)}</dd>
        </div>
        <div>
          <dt>Left</dt>
          <dd>{remaining === null ? '–' : spentWords(remaining)}</dd>
        </div>
        <div>
          <dt>Who may approve</dt>
          <dd>
            {keys.length === 0 ? 'nobody yet' : keys.map(({ name }) => name).join(', ')}
            {twoPersons ? '; never who asked' : ''}
          </dd>
        </div>
      </dl>
      <Figure level={2} title={`Spent ${unit} after each line`} twin={() => tableOfBudgetSteps(steps, unit)}>
        <Chart draw={draw} height={180} />
      </Figure>
      <div className={css.scrollX}>
        <table className={css.table}>
          <caption className="visually-hidden">Lines of the ledger, the newest first</caption>
          <thead>
            <tr>
              <th className={css.number}>Line</th>
              <th>When (UTC)</th>
              <th>What happened</th>
              <th>Request</th>
              <th className={css.number}>Spent after it</th>
            </tr>
          </thead>
          <tbody>
            {[...lines].reverse().map((line) => (
              <tr key={line.seq}>
                <td className={css.number}>{line.seq}</td>
                <td className={css.noWrap}>{moment(line.at)}</td>
                <td>{line.sentence}</td>
                <td className={css.mono}>{line.request === null ? '' : shortId(line.request)}</td>
                <td className={css.number}>{spentWords(line.spent)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={css.muted}>
        Head of the chain <span className={css.mono}>{ledger.hash}</span>. Write it down elsewhere: with it an older
        copy of the case can be told.
      </p>
    </div>
  );
};

const Verdict = () => {
  const { data, error } = useQuery(api.privacy.checkLedger.queryOptions());
  if (error !== null) return <ErrorNotice error={error} />;
  if (data === undefined) return <LoadingState label="Checking the chain" />;
  return (
    <Notice tone={data.ok ? 'ok' : 'danger'}>
      {data.ok ? (
        <span>
          The ledger is whole: {counted(data.entries, 'line')}, chained, signed where they must be, and within the limit
          of their time.
        </span>
      ) : (
        <strong>The ledger is not whole. Nothing should be released from this case until it is known why.</strong>
      )}
      {data.faults.map((fault) => (
        <span key={fault}>{fault}</span>
      ))}
      {data.notes.map((note) => (
        <span key={note}>{note}</span>
      ))}
    </Notice>
  );
};
