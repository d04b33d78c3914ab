import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { LedgerViewData } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { createStore, useStore } from '../../store.ts';
import { ErrorNotice, LoadingState, Notice } from '../../ui/index.ts';
import { useSettled } from '../../ui/use-settled.ts';
import { isDecimal } from './amounts.ts';
import { ComposeAsk } from './compose-ask.tsx';
import { ComposeBudget } from './compose-budget.tsx';
import { ComposeForm } from './compose-form.tsx';
import { asksForest, assumedSize, stillMissing } from './compose-needs.ts';
import { composedQuery } from './compose-query.ts';
import { NOTHING_COMPOSED, type Composed } from './composed.ts';
import { ForestPlanView } from './forest-view.tsx';
import { PlanView } from './plan-view.tsx';
import css from './privacy.module.css';

type Props = { readonly ledger: LedgerViewData; readonly onAsked: (request: string) => void };

/** What was begun stays while the window is open, whatever tab is looked at. */
const composed = createStore<Composed>(NOTHING_COMPOSED);

/** A release is put together: the query at the left, everything that is known of it before it is asked at the right. */
export const ComposeTab = ({ ledger, onAsked }: Props) => {
  const form = useStore(composed);
  const settled = useSettled(form, SETTLE_MS);
  const change = (part: Partial<Composed>): void => composed.set({ ...composed.get(), ...part });
  const { epsilon, delta } = settled;
  const isBudget = isDecimal(epsilon) && Number(epsilon) > 0 && isDecimal(delta);
  const missing =
    stillMissing(settled) ?? (isBudget ? null : 'Give ε and δ as numbers to see what the release costs and shows.');
  const input = inputOf(settled);
  const isForest = asksForest(settled);
  const numbers = useQuery(
    api.privacy.plan.queryOptions({
      input,
      enabled: missing === null && !isForest,
      placeholderData: keepPreviousData,
    }),
  );
  const forests = useQuery(
    api.privacy.planForest.queryOptions({
      input: { query: input.query, epsilon, delta },
      enabled: missing === null && isForest,
      placeholderData: keepPreviousData,
    }),
  );
  const { error, isPlaceholderData } = isForest ? forests : numbers;
  const isStale = isPlaceholderData || JSON.stringify(inputOf(form)) !== JSON.stringify(input);
  const problem = missing === null ? error : null;
  const isPlanned = missing === null && problem === null;
  const plan = isPlanned && !isForest ? numbers.data : undefined;
  const forest = isPlanned && isForest ? forests.data : undefined;
  const hasPlan = plan !== undefined || forest !== undefined;
  return (
    <div className={css.compose}>
      <div className={css.form}>
        <ComposeForm form={form} onChange={change} />
        <ComposeBudget form={form} onChange={change} />
        <ComposeAsk
          form={form}
          hasPlan={hasPlan && !isStale}
          onChange={change}
          onAsked={onAsked}
          onStartOver={() => composed.set(NOTHING_COMPOSED)}
        />
      </div>
      <div
        className={css.aside}
        tabIndex={0}
        role="region"
        aria-label="What is known before it is asked"
        data-stale={isStale}
      >
        {problem === null ? null : <ErrorNotice error={problem} />}
        {missing === null ? null : <Notice tone="info">{missing}</Notice>}
        {isPlanned && !hasPlan ? <LoadingState label="Planning" /> : null}
        {plan === undefined ? null : <PlanView plan={plan} epsilon={epsilon} delta={delta} ledger={ledger} />}
        {forest === undefined ? null : <ForestPlanView plan={forest} epsilon={epsilon} delta={delta} ledger={ledger} />}
      </div>
    </div>
  );
};

const inputOf = (form: Composed) => {
  const groupSize = assumedSize(form);
  const { epsilon, delta } = form;
  return { query: composedQuery(form), epsilon, delta, ...(groupSize === undefined ? {} : { groupSize }) };
};

const SETTLE_MS = 250;
