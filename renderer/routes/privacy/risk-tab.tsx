import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { RiskReportData } from '../../../core/api/contract.ts';
import { api, client } from '../../client.ts';
import { createStore, useStore } from '../../store.ts';
import { MaskIcon } from '../../ui/icons.tsx';
import { Button, Checkbox, EmptyState, ErrorNotice, LoadingState, ProgressBar, TextField } from '../../ui/index.ts';
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
  const [k, threshold, measured] = [Number(form.k), Number(form.threshold), Number(form.measured)];
  const isReady =
    form.quasi.length > 0 &&
    Number.isInteger(k) &&
    k >= 2 &&
    threshold > 0 &&
    threshold <= 1 &&
    Number.isInteger(measured) &&
    measured >= 0 &&
    measured <= 50;
  const assess = async (): Promise<void> => {
    const controller = new AbortController();
    abort.current = controller;
    setBusy(true);
    setFailure(null);
    try {
      const { quasi, sensitive } = chosen.get();
      const input = { quasi: [...quasi], sensitive: [...sensitive], k, threshold, measured };
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
        <Columns
          title="What an attacker may know"
          names={names}
          selected={form.quasi}
          disabled={form.sensitive}
          onChange={(quasi) => change({ quasi })}
        />
        <Columns
          title="What must not be learnt"
          names={names}
          selected={form.sensitive}
          disabled={form.quasi}
          onChange={(sensitive) => change({ sensitive })}
        />
        <div className={css.pair}>
          <TextField label="k: least group size" value={form.k} onChange={(text) => change({ k: text })} />
          <TextField label="Risk threshold" value={form.threshold} onChange={(text) => change({ threshold: text })} />
          <TextField
            label="Suggestions to measure"
            value={form.measured}
            onChange={(text) => change({ measured: text })}
            description="Each ranks everybody anew"
          />
        </div>
        <div className={css.line}>
          {isBusy ? (
            <Button onPress={() => abort.current?.abort()}>Cancel</Button>
          ) : (
            <Button kind="primary" isDisabled={!isReady} onPress={() => void assess()}>
              Assess the risk
            </Button>
          )}
        </div>
        {isBusy ? (
          <div role="status">
            <ProgressBar label="Assessing the risk" share={null} />
          </div>
        ) : null}
        {failure === null ? null : <ErrorNotice error={failure} />}
      </div>
      <div className={css.aside} tabIndex={0} role="region" aria-label="Risk found">
        {form.report === null ? (
          <EmptyState icon={MaskIcon} title="Choose what an attacker may know.">
            Such as country, device and hours of activity: whatever somebody outside could look up or see. Counts and
            shares are shown, and nobody.
          </EmptyState>
        ) : (
          <RiskReport report={form.report} k={k} />
        )}
      </div>
    </div>
  );
};

const Columns = ({
  title,
  names,
  selected,
  disabled,
  onChange,
}: {
  readonly title: string;
  readonly names: readonly string[];
  readonly selected: readonly string[];
  readonly disabled: readonly string[];
  readonly onChange: (selected: readonly string[]) => void;
}) => (
  <fieldset className={css.columns}>
    <legend>{title}</legend>
    <div className={css.columnList} tabIndex={0} role="group" aria-label={title}>
      {names.map((name) => (
        <Checkbox
          key={name}
          isSelected={selected.includes(name)}
          isDisabled={disabled.includes(name)}
          onChange={(isSelected) =>
            onChange(isSelected ? [...selected, name] : selected.filter((each) => each !== name))
          }
        >
          {name}
        </Checkbox>
      ))}
    </div>
  </fieldset>
);
