import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { RiskReportData } from '../../../core/api/contract.ts';
import { api, client } from '../../client.ts';
import { counted } from '../../format.ts';
import { createStore, useStore } from '../../store.ts';
import { MaskIcon } from '../../ui/icons.tsx';
import { Button, EmptyState, ErrorNotice, LoadingState, TextField } from '../../ui/index.ts';
import { RiskChoice } from './risk-choice.tsx';
import { RiskReport } from './risk-report.tsx';
import css from './privacy.module.css';

type RiskForm = {
  readonly quasi: readonly string[];
  readonly sensitive: readonly string[];
  readonly k: string;
  readonly threshold: string;
  readonly measured: string;
  readonly report: RiskReportData | null;
};

/** What was chosen and found stays while the window is open. */
const chosen = createStore<RiskForm>({
  quasi: [],
  sensitive: [],
  k: '5',
  threshold: '0.09',
  measured: '0',
  report: null,
});

/** How easily somebody in the case could be found again by what an attacker may know, and what would help. */
export const RiskTab = () => {
  const form = useStore(chosen);
  const { data: columns, error } = useQuery(api.risk.columns.queryOptions());
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  if (error !== null) return <ErrorNotice error={error} />;
  if (columns === undefined) return <LoadingState label="Reading columns" />;
  const change = (part: Partial<RiskForm>): void => chosen.set({ ...chosen.get(), ...part });
  const names = [...columns.events, ...columns.features];
  const numbers = numbersOf(form);
  const assess = async (): Promise<void> => {
    if (numbers === null) return;
    const controller = new AbortController();
    abort.current = controller;
    setBusy(true);
    setFailure(null);
    try {
      const { quasi, sensitive } = form;
      const input = { quasi: [...quasi], sensitive: [...sensitive], ...numbers };
      change({ report: await client.risk.assess(input, { signal: controller.signal }) });
    } catch (problem) {
      if (!controller.signal.aborted) setFailure(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={css.compose}>
      <div className={css.form}>
        <RiskChoice
          title="What an attacker may know"
          hint="Whatever somebody outside could look up or see."
          names={names}
          selected={form.quasi}
          disabled={form.sensitive}
          onChange={(quasi) => change({ quasi })}
        />
        <RiskChoice
          title="What must not be learnt"
          hint="Left empty, only being found counts."
          names={names}
          selected={form.sensitive}
          disabled={form.quasi}
          onChange={(sensitive) => change({ sensitive })}
        />
        <div className={css.pair}>
          <TextField
            label="k: least group size"
            value={form.k}
            onChange={(text) => change({ k: text })}
            description="Actors that look the same"
          />
          <TextField
            label="Risk threshold"
            value={form.threshold}
            onChange={(text) => change({ threshold: text })}
            description="From 0 to 1: above it an actor is at risk"
          />
          <TextField
            label="Suggestions to measure"
            value={form.measured}
            onChange={(text) => change({ measured: text })}
            description="Each ranks everybody anew"
          />
        </div>
        <div className={css.line}>
          <Button
            kind="primary"
            isDisabled={numbers === null || form.quasi.length === 0 || isBusy}
            onPress={() => void assess()}
          >
            Assess the risk
          </Button>
          {isBusy ? <Button onPress={() => abort.current?.abort()}>Cancel</Button> : null}
        </div>
        {failure === null ? null : <ErrorNotice error={failure} />}
      </div>
      <div className={css.aside} tabIndex={0} role="region" aria-label="Risk found" aria-busy={isBusy}>
        {isBusy ? (
          <LoadingState label="Assessing the risk">
            {numbers === null || numbers.measured === 0 ? null : (
              <p className={css.muted}>
                It ranks everybody {counted(numbers.measured, 'time')} to see what suggestions cost. Leaving this tab
                cancels it.
              </p>
            )}
          </LoadingState>
        ) : form.report === null ? (
          <EmptyState
            icon={MaskIcon}
            title={form.quasi.length === 0 ? 'Choose what an attacker may know.' : 'Ready to assess.'}
          >
            Such as country, device and hours of activity. Counts and shares are shown, and nobody.
          </EmptyState>
        ) : (
          <RiskReport report={form.report} />
        )}
      </div>
    </div>
  );
};

/** The numbers of the form; null while one of them is none. */
const numbersOf = (form: RiskForm): { k: number; threshold: number; measured: number } | null => {
  const [k, threshold, measured] = [Number(form.k), Number(form.threshold), Number(form.measured)];
  const isRight =
    Number.isInteger(k) &&
    k >= 2 &&
    threshold > 0 &&
    threshold <= 1 &&
    form.measured.trim() !== '' &&
    Number.isInteger(measured) &&
    measured >= 0 &&
    measured <= 50;
  return isRight ? { k, threshold, measured } : null;
};
