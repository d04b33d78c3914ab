import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, client, once, queryClient } from '../../client.ts';
import { isRunning, useJobs, useRunningJob } from '../../engine-state.ts';
import { JobView } from '../../jobs/job-view.tsx';
import { createStore, useStore } from '../../store.ts';
import { MaskIcon } from '../../ui/icons.tsx';
import { Button, EmptyState, ErrorNotice, LoadingState, TextField } from '../../ui/index.ts';
import { RiskChoice } from './risk-choice.tsx';
import { numbersOf, NOTHING_CHOSEN, type RiskForm } from './risk-form.ts';
import { RiskReport } from './risk-report.tsx';
import css from './privacy.module.css';

/** What was chosen stays while the window is open. */
const chosen = createStore<RiskForm>(NOTHING_CHOSEN);

/** How easily somebody in the case could be found again by what an attacker may know, and what would help. */
export const RiskTab = () => {
  const form = useStore(chosen);
  const { data: columns, error } = useQuery(api.risk.columns.queryOptions());
  const { data: last, error: lastError } = useQuery(api.risk.lastAssessed.queryOptions());
  const start = useMutation({
    mutationFn: async () => {
      const numbers = numbersOf(form);
      if (numbers === null) return;
      await client.risk.assess({ quasi: [...form.quasi], sensitive: [...form.sensitive], ...numbers });
    },
  });
  const running = useRunningJob();
  const latest = useJobs().find(({ kind }) => kind === 'risk') ?? null;
  const ended = latest === null || isRunning(latest) ? null : latest.id;
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: api.risk.lastAssessed.key() });
  }, [ended]);
  if (error !== null) return <ErrorNotice error={error} />;
  if (columns === undefined) return <LoadingState label="Reading columns" />;
  const change = (part: Partial<RiskForm>): void => chosen.set({ ...chosen.get(), ...part });
  const names = [...columns.events, ...columns.features];
  const numbers = numbersOf(form);
  const isBusy = latest !== null && isRunning(latest);
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
            isDisabled={numbers === null || form.quasi.length === 0 || running !== null}
            isBusy={start.isPending}
            onPress={() => once(start.mutate)}
          >
            Assess the risk
          </Button>
        </div>
        {running === null || running.kind === 'risk' ? null : (
          <p className={css.muted}>One job at a time: “{running.title}” is under way.</p>
        )}
        {start.error === null ? null : <ErrorNotice error={start.error} />}
      </div>
      <div className={css.aside} tabIndex={0} role="region" aria-label="Risk found" aria-busy={isBusy}>
        {lastError === null ? null : <ErrorNotice error={lastError} />}
        {latest === null || latest.state === 'done' ? null : <JobView job={latest} />}
        {isBusy || last === undefined ? null : last !== null ? (
          <>
            {latest === null || latest.id === last.job ? null : (
              <p className={css.muted}>What the assessment before it found:</p>
            )}
            <RiskReport report={last.report} />
          </>
        ) : latest === null || latest.state === 'done' ? (
          <EmptyState
            icon={MaskIcon}
            title={form.quasi.length === 0 ? 'Choose what an attacker may know.' : 'Ready to assess.'}
          >
            Such as country, device and hours of activity. Counts and shares are shown, and nobody. It goes on when you
            leave this tab.
          </EmptyState>
        ) : null}
      </div>
    </div>
  );
};
