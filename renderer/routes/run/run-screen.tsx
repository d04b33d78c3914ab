import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../client.ts';
import { useRunningJob } from '../../engine-state.ts';
import { JobView } from '../../jobs/job-view.tsx';
import { Screen } from '../../shell/screen.tsx';
import { RunIcon } from '../../ui/icons.tsx';
import { Button, EmptyState, ErrorState, LoadingState, Notice } from '../../ui/index.ts';
import { NoCase } from '../no-case.tsx';
import { Provenance } from './provenance.tsx';
import { RankAgain } from './rank-again.tsx';
import css from './run.module.css';

const TITLE = 'How it was made';

/** Where the queue comes from, in full, and a way to rank again. */
export const RunScreen = () => {
  const navigate = useNavigate();
  const { data: open } = useQuery(api.case.current.queryOptions());
  const isOpen = open !== null && open !== undefined;
  const { data: run, error, refetch } = useQuery(api.explore.run.queryOptions({ enabled: isOpen }));
  const running = useRunningJob();
  if (open === null) return <NoCase title={TITLE} />;
  if (error !== null) {
    return (
      <Screen title={TITLE}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Screen>
    );
  }
  if (run === undefined || open === undefined) {
    return (
      <Screen title={TITLE}>
        <LoadingState label="Reading how the queue was made" />
      </Screen>
    );
  }
  if (run === null && open.events === 0) {
    return (
      <Screen title={TITLE}>
        <EmptyState
          icon={RunIcon}
          title="There is nothing to rank yet."
          actions={
            <Button kind="primary" onPress={() => void navigate({ to: '/import' })}>
              Import a log
            </Button>
          }
        >
          The case holds no events.
        </EmptyState>
      </Screen>
    );
  }
  return (
    <Screen title={TITLE} about="The same inputs, version, settings and seed give the same queue on any machine.">
      <div className={css.page}>
        <div className={css.main}>
          {running === null ? null : <JobView job={running} />}
          {run === null && running !== null ? null : run === null ? (
            <Notice tone="info">
              This case holds events that were not ranked yet. Rank them with the settings at the right.
            </Notice>
          ) : (
            <Provenance run={run} />
          )}
        </div>
        <RankAgain run={run} isBusy={running !== null} />
      </div>
    </Screen>
  );
};
