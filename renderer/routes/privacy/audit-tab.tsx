import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, client, once, queryClient } from '../../client.ts';
import { isRunning, useJobs, useRunningJob } from '../../engine-state.ts';
import { JobView } from '../../jobs/job-view.tsx';
import { createStore, useStore } from '../../store.ts';
import { Button, ErrorNotice, TextField } from '../../ui/index.ts';
import { isDecimal } from './amounts.ts';
import { AuditReport } from './audit-report.tsx';
import css from './privacy.module.css';

/** What was written stays while the window is open. */
const claim = createStore({ epsilon: '1', delta: '0', runs: '500' });

/** Runs the whole release path over made-up data and shows how much privacy loss its outputs prove. */
export const AuditTab = () => {
  const { epsilon, delta, runs } = useStore(claim);
  const running = useRunningJob();
  const latest = useJobs().find(({ kind }) => kind === 'audit') ?? null;
  const { data: last, error } = useQuery(api.privacy.lastAudit.queryOptions());
  const ended = latest === null || isRunning(latest) ? null : latest.id;
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: api.privacy.lastAudit.key() });
  }, [ended]);
  const change = (part: Partial<ReturnType<typeof claim.get>>): void => claim.set({ ...claim.get(), ...part });
  const isReady =
    isDecimal(epsilon) && Number(epsilon) > 0 && isDecimal(delta) && Number(runs) >= 100 && Number(runs) <= 20_000;
  const start = useMutation({ mutationFn: () => client.privacy.startAudit({ epsilon, delta, runs: Number(runs) }) });
  return (
    <div className={css.page}>
      <p>
        The program releases made-up logs of two neighbouring data sets many times, from import to signed file, and
        tries to tell the two apart. How well that works is a lower bound of what a release gives away. The case is not
        read and no budget is spent.
      </p>
      <div className={css.solve}>
        <TextField label="Claimed ε" value={epsilon} onChange={(text) => change({ epsilon: text })} />
        <TextField label="Claimed δ" value={delta} onChange={(text) => change({ delta: text })} />
        <TextField label="Releases of each" value={runs} onChange={(text) => change({ runs: text })} />
        <Button
          kind="primary"
          isDisabled={!isReady || running !== null}
          isBusy={start.isPending}
          onPress={() => once(start.mutate)}
        >
          Start the audit
        </Button>
      </div>
      <p className={css.muted}>
        {running !== null && running.kind !== 'audit'
          ? `One job at a time: “${running.title}” is under way.`
          : 'From 100 to 20,000 releases of each data set. More prove more and take longer; it goes on when you leave this tab.'}
      </p>
      {start.error === null ? null : <ErrorNotice error={start.error} />}
      {error === null ? null : <ErrorNotice error={error} />}
      {latest === null || latest.state === 'done' ? null : <JobView job={latest} />}
      {last === undefined || last === null || (latest !== null && isRunning(latest)) ? null : (
        <AuditReport report={last.report} />
      )}
    </div>
  );
};
