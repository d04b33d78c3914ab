import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { BudgetAmount, LedgerViewData } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { counted } from '../../format.ts';
import { drawBudgetSteps, tableOfBudgetSteps } from '../../plots/budget-steps.ts';
import { Chart } from '../../plots/chart.tsx';
import { Figure } from '../../plots/figure.tsx';
import { DatabaseIcon } from '../../ui/icons.tsx';
import { Button, ErrorNotice, LoadingState, Notice } from '../../ui/index.ts';
import { amount, numberOf, spentWords } from './amounts.ts';
import { BeginHere } from './begin-here.tsx';
import { LedgerLines } from './ledger-lines.tsx';
import { Facts } from './part.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import css from './privacy.module.css';

type Props = { readonly ledger: LedgerViewData; readonly onSetLimit: () => void };

/** What was spent, line by line, whether the chain holds, and what is left. */
export const LedgerTab = ({ ledger, onSetLimit }: Props) => {
  const { lines, spent } = ledger;
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
      <BeginHere icon={DatabaseIcon} title="The ledger is empty." action="Set a limit" onAction={onSetLimit}>
        It begins when a reviewer sets the limit of this case, or when somebody asks for a release.
      </BeginHere>
    );
  }
  return (
    <div className={css.page}>
      <Verdict />
      <Standing ledger={ledger} />
      <Figure level={2} title={`Spent ${unit} after each line`} twin={() => tableOfBudgetSteps(steps, unit)}>
        <Chart draw={draw} height={180} />
      </Figure>
      <LedgerLines lines={lines} />
      <p className={css.muted}>
        Head of the chain <span className={css.mono}>{ledger.hash}</span>. Write it down elsewhere: with it an older
        copy of the case can be told.
      </p>
    </div>
  );
};

/** What may be spent, what was, what is left, and by whose word. */
const Standing = ({ ledger }: { readonly ledger: LedgerViewData }) => {
  const { limit, spent, remaining, keys, twoPersons } = ledger;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Facts
        of={[
          ['Limit', limit === null ? 'none yet' : `ε\u00A0${amount(limit.epsilon)}, δ\u00A0${amount(limit.delta)}`],
          ['Spent', spentWords(spent)],
          ['Left', remaining === null ? '–' : <Left remaining={remaining} limit={limit} />],
          ['Who may approve', keys.length === 0 ? 'nobody yet' : keys.map(({ name }) => name).join(', ')],
          [
            'Rule',
            <>
              <p>{twoPersons ? 'Two persons: who asked may not approve.' : 'One person may ask and approve.'}</p>
              <Button isDisabled={keys.length === 0} onPress={() => setOpen(true)}>
                {twoPersons ? 'Let one person do both …' : 'Demand two persons …'}
              </Button>
            </>,
          ],
        ]}
      />
      <RuleDialog ledger={ledger} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
};

const Left = ({ remaining, limit }: { readonly remaining: BudgetAmount; readonly limit: LedgerViewData['limit'] }) => (
  <>
    {spentWords(remaining)}
    {limit === null || numberOf(limit.conversionDelta) === 0 ? null : (
      <span className={css.hint}>
        δ {amount(limit.conversionDelta)} of the limit is set aside: Gaussian noise is counted with it.
      </span>
    )}
  </>
);

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
