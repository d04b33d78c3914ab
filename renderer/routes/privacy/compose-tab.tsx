import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LedgerViewData } from '../../../core/api/contract.ts';
import { api, client } from '../../client.ts';
import { createStore, useStore } from '../../store.ts';
import { Button, ErrorNotice, LoadingState, Notice, showToast, TextField } from '../../ui/index.ts';
import { released } from './amounts.ts';
import { ComposeForm } from './compose-form.tsx';
import { composedQuery, NOTHING_COMPOSED, stillMissing, type Composed } from './compose-query.ts';
import { PlanView } from './plan-view.tsx';
import { ledgerChanged } from './use-ledger.ts';
import css from './privacy.module.css';

type Props = {
  readonly ledger: LedgerViewData;
  readonly onAsked: (request: string) => void;
  readonly onSetLimit: () => void;
};

/** What was begun stays while the window is open, whatever tab is looked at. */
const composed = createStore<Composed>(NOTHING_COMPOSED);

const DECIMAL = /^\d+(?:\.\d+)?(?:[eE]-?\d+)?$/u;

/** A release is put together: the query at the left, everything that is known of it before it is asked at the right. */
export const ComposeTab = ({ ledger, onAsked }: Props) => {
  const form = useStore(composed);
  const settled = useSettled(form);
  const change = (part: Partial<Composed>): void => composed.set({ ...composed.get(), ...part });
  const missing = stillMissing(settled);
  const isBudget =
    missing === null && DECIMAL.test(settled.epsilon) && Number(settled.epsilon) > 0 && DECIMAL.test(settled.delta);
  const input = { query: composedQuery(settled), epsilon: settled.epsilon, delta: settled.delta };
  const { data: plan, error } = useQuery(
    api.privacy.plan.queryOptions({ input, enabled: isBudget, placeholderData: keepPreviousData }),
  );
  const problem = isBudget ? error : null;
  return (
    <div className={css.compose}>
      <div className={css.form}>
        <ComposeForm form={form} onChange={change} />
        <section className={css.section} aria-labelledby="compose-budget">
          <h2 id="compose-budget">Budget</h2>
          <div className={css.pair}>
            <TextField
              label="ε"
              value={form.epsilon}
              onChange={(epsilon) => change({ epsilon })}
              {...(DECIMAL.test(form.epsilon) ? {} : { error: 'A number above 0' })}
            />
            <TextField
              label="δ"
              value={form.delta}
              onChange={(delta) => change({ delta })}
              description="Above 0 for unknown keys"
              {...(DECIMAL.test(form.delta) ? {} : { error: 'A number from 0 up, such as 1e-6' })}
            />
          </div>
          <Solve form={form} onSolved={(epsilon) => change({ epsilon })} />
        </section>
        <Ask
          form={form}
          canAsk={isBudget && problem === null && plan !== undefined}
          onChange={change}
          onAsked={onAsked}
        />
      </div>
      <div className={css.aside} tabIndex={0} role="region" aria-label="What is known before it is asked">
        {problem === null ? null : <ErrorNotice error={problem} />}
        {isBudget ? null : (
          <Notice tone="info">{missing ?? 'Give ε and δ as numbers to see what the release costs and shows.'}</Notice>
        )}
        {problem !== null || !isBudget ? null : plan === undefined ? (
          <LoadingState label="Planning" />
        ) : (
          <PlanView plan={plan} epsilon={Number(settled.epsilon)} ledger={ledger} />
        )}
      </div>
    </div>
  );
};

const SETTLE_MS = 250;

/** The form as it stood when nothing had changed for a moment. */
const useSettled = (form: Composed): Composed => {
  const [settled, setSettled] = useState(form);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(form), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [form]);
  return settled;
};

/** “Give me ±5 % on groups over 1,000”, solved for ε. */
const Solve = ({ form, onSolved }: { readonly form: Composed; readonly onSolved: (epsilon: string) => void }) => {
  const [percent, setPercent] = useState('5');
  const [size, setSize] = useState('1000');
  const [failure, setFailure] = useState<unknown>(null);
  const [said, setSaid] = useState<string | null>(null);
  const isReady = Number(percent) > 0 && Number(percent) <= 100 && Number(size) > 0 && DECIMAL.test(form.delta);
  const solve = async (): Promise<void> => {
    setFailure(null);
    setSaid(null);
    try {
      const { epsilon, halfWidth } = await client.privacy.solve({
        query: composedQuery(form),
        delta: form.delta,
        share: Number(percent) / 100,
        size: Number(size),
      });
      onSolved(epsilon);
      setSaid(`ε ${epsilon}: the noise stays within ±${released(halfWidth)}.`);
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <div className={css.stack}>
      <div className={css.solve}>
        <TextField label="Give me ± %" value={percent} onChange={setPercent} />
        <TextField label="on groups over" value={size} onChange={setSize} />
        <Button isDisabled={!isReady} onPress={() => void solve()}>
          Find ε
        </Button>
      </div>
      {said === null ? null : (
        <p className={css.muted} role="status">
          {said}
        </p>
      )}
      {failure === null ? null : <ErrorNotice error={failure} />}
    </div>
  );
};

const Ask = ({
  form,
  canAsk,
  onChange,
  onAsked,
}: {
  readonly form: Composed;
  readonly canAsk: boolean;
  readonly onChange: (part: Partial<Composed>) => void;
  readonly onAsked: (request: string) => void;
}) => {
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const ask = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const { epsilon, delta, purpose } = form;
      const { request, answer } = await client.privacy.ask({ query: composedQuery(form), epsilon, delta, purpose });
      const { requests } = await client.privacy.ledger();
      await ledgerChanged();
      const found = request ?? requests.find((each) => each.answer === answer)?.id;
      showToast({
        topic: 'release',
        text:
          request === null
            ? 'This question has an answer already: here it is, at no cost.'
            : 'Asked. Nothing is spent until a reviewer approves it.',
      });
      if (found !== undefined) onAsked(found);
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={css.section} aria-labelledby="compose-ask">
      <h2 id="compose-ask">Ask</h2>
      <TextField
        label="Purpose"
        rows={2}
        value={form.purpose}
        onChange={(purpose) => onChange({ purpose })}
        maxLength={2000}
        description="Why it is needed. It stays in the ledger and is written into the release: name no person."
      />
      {failure === null ? null : <ErrorNotice error={failure} />}
      <div className={css.line}>
        <Button
          kind="primary"
          isDisabled={!canAsk || form.purpose.trim() === ''}
          isBusy={isBusy}
          onPress={() => void ask()}
        >
          {isBusy ? 'Asking …' : 'Ask for this release'}
        </Button>
        <Button kind="quiet" onPress={() => composed.set(NOTHING_COMPOSED)}>
          Start over
        </Button>
      </div>
      <p className={css.muted}>Asking costs nothing. What is released later cannot be undone.</p>
    </section>
  );
};
