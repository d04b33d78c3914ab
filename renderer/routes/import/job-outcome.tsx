import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { CaseInfo } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { isRunning, useEngineState } from '../../engine-state.ts';
import { count, counted } from '../../format.ts';
import { JobView } from '../../jobs/job-view.tsx';
import { Button, EmptyState, LoadingState } from '../../ui/index.ts';
import css from './import.module.css';

const route = getRouteApi('/import');

/** An import under way, and what came of it. */
export const JobOutcome = ({ jobId }: { readonly jobId: string }) => {
  const { next, grants } = route.useSearch();
  const navigate = route.useNavigate();
  const engine = useEngineState();
  const { data: open } = useQuery(api.case.current.queryOptions());
  const job = engine?.jobs.find(({ id }) => id === jobId) ?? null;
  const isDone = job?.state === 'done';
  useEffect(() => {
    if (isDone && next === 'explore') void navigate({ to: '/explore', replace: true });
  }, [isDone, next, navigate]);
  if (engine === null) return <LoadingState label="Asking the engine" />;
  const another = (
    <Button size="large" onPress={() => void navigate({ search: {} })}>
      Import more files
    </Button>
  );
  if (job === null) {
    return (
      <EmptyState title="This import is over." actions={another}>
        It was dismissed, or the engine that ran it has ended. What it stored is in the case.
      </EmptyState>
    );
  }
  return (
    <div className={css.outcome}>
      <JobView job={job} />
      {isDone && open !== null && open !== undefined ? <Sum open={open} /> : null}
      {isRunning(job) ? (
        <p className={css.muted}>You can leave this screen; the status bar keeps the job in sight.</p>
      ) : (
        <div className={css.row}>
          {open?.isRanked === true ? (
            <Button kind="primary" size="large" autoFocus onPress={() => void navigate({ to: '/explore' })}>
              See the queue
            </Button>
          ) : null}
          {job.state !== 'done' && grants !== undefined ? (
            <Button
              kind="primary"
              size="large"
              onPress={() => void navigate({ search: (now) => ({ ...now, job: undefined }) })}
            >
              Back to the files
            </Button>
          ) : null}
          {open !== null && open !== undefined && open.events > 0 && !open.isRanked ? (
            <Button size="large" onPress={() => void navigate({ to: '/run' })}>
              Rank
            </Button>
          ) : null}
          {another}
          {open !== null && open !== undefined && open.quarantined > 0 ? (
            <Button size="large" onPress={() => void navigate({ search: { panel: 'quarantine' } })}>
              See {counted(open.quarantined, 'quarantined row')}
            </Button>
          ) : null}
        </div>
      )}
    </div>
  );
};

/** Counts always add up: read = stored + quarantined. */
const Sum = ({ open }: { readonly open: CaseInfo }) => (
  <div className={css.sum} role="group" aria-label="Rows of this case">
    <Part value={open.events + open.quarantined}>read</Part>
    <span className={css.sign}>=</span>
    <Part value={open.events}>stored, by {counted(open.actors, 'actor')}</Part>
    <span className={css.sign}>+</span>
    <Part value={open.quarantined}>quarantined</Part>
  </div>
);

const Part = ({ value, children }: { readonly value: number; readonly children: ReactNode }) => (
  <span className={css.part}>
    <strong>{count(value)}</strong>
    <span>{children}</span>
  </span>
);
