import { useIsFetching, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import type { RunInfo } from '../../../core/api/contract.ts';
import { api, client } from '../../client.ts';
import { Button, EmptyState, ErrorState, LoadingState, showError } from '../../ui/index.ts';
import { Screen } from '../../shell/screen.tsx';
import { NoCase } from '../no-case.tsx';
import css from './explore.module.css';
import { Workbench } from './workbench.tsx';

/** The screen investigators live in: who did what when, how unlike others, and why. */
export const ExploreScreen = (): ReactNode => {
  const { data: open, error: caseError, isPending } = useQuery(api.case.current.queryOptions());
  const run = useQuery({ ...api.explore.run.queryOptions(), enabled: open !== null && open !== undefined });
  const error = caseError ?? run.error;
  if (error !== null) return <ErrorState error={error} onRetry={() => void run.refetch()} />;
  if (isPending || (open !== null && run.isPending)) return <LoadingState label="Reading the run" />;
  if (open === null || open === undefined) return <NoCase title="Explore" />;
  if (run.data === null || run.data === undefined) return <NoRun hasEvents={open.actors > 0} />;
  return (
    <div className={css.screen}>
      <ThinProgress />
      <Spanned run={run.data} />
    </div>
  );
};

/** A line at the upper edge while anything is read for longer than 100 ms. */
const ThinProgress = (): ReactNode => {
  const isBusy = useIsFetching({ queryKey: api.explore.key() }) > 0;
  return <div className={css.progress} data-busy={isBusy} aria-hidden="true" />;
};

const Spanned = ({ run }: { readonly run: RunInfo }): ReactNode => {
  const from = run.span?.from;
  const to = run.span?.to;
  const span = useMemo(() => (from === undefined || to === undefined ? null : { from, to: to + 1 }), [from, to]);
  return <Workbench run={run} span={span} />;
};

const NoRun = ({ hasEvents }: { readonly hasEvents: boolean }): ReactNode => {
  const navigate = useNavigate();
  const rank = async (): Promise<void> => {
    try {
      await client.jobs.startDetect({});
    } catch (error) {
      showError(error);
    }
  };
  return (
    <Screen title="Explore">
      {hasEvents ? (
        <EmptyState
          title="Nobody is ranked yet"
          actions={
            <Button kind="primary" onPress={() => void rank()}>
              Rank everybody
            </Button>
          }
        >
          The events are here. Ranking learns what is usual among the actors and puts the least usual first.
        </EmptyState>
      ) : (
        <EmptyState
          title="This case has no events yet"
          actions={
            <Button kind="primary" onPress={() => void navigate({ to: '/import' })}>
              Import files
            </Button>
          }
        >
          Import a log; identities are replaced while it is read.
        </EmptyState>
      )}
    </Screen>
  );
};
