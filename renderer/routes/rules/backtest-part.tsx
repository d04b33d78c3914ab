import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import type { SavedRule } from '../../../core/api/contract.ts';
import { api, chooseFiles, client, once, queryClient } from '../../client.ts';
import { isRunning, useJobs, useRunningJob } from '../../engine-state.ts';
import { takeIn } from '../../intake.ts';
import { JobView } from '../../jobs/job-view.tsx';
import { Button, Checkbox, EmptyState, ErrorNotice, Notice, Select } from '../../ui/index.ts';
import { BacktestReportView } from './backtest-report.tsx';
import css from './rules.module.css';

type Props = {
  readonly text: string;
  readonly saved: SavedRule | null;
  readonly isChanged: boolean;
};

type Labels = { readonly grant: string; readonly name: string } | 'verdicts';

/** What the rule would have done over the whole case: start a backtest, read the last one. */
export const BacktestPart = ({ text, saved, isChanged }: Props): ReactNode => {
  const [target, setTarget] = useState('');
  const [labels, setLabels] = useState<Labels>('verdicts');
  const [by, setBy] = useState<readonly string[]>([]);
  const running = useRunningJob();
  const latest = useJobs().find(({ kind }) => kind === 'backtest') ?? null;
  const { data: targets } = useQuery(api.rules.targets.queryOptions());
  const { data: vocabulary } = useQuery(api.rules.vocabulary.queryOptions());
  const { data: last, error } = useQuery(api.rules.lastBacktest.queryOptions());
  // What was cancelled or failed says so itself.
  const job = latest === null || latest.state === 'done' ? null : latest;
  const ended = latest === null || isRunning(latest) ? null : latest.id;
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: api.rules.lastBacktest.key() });
  }, [ended]);
  const start = useMutation({
    mutationFn: () =>
      client.rules.startBacktest({
        text,
        labels: labels === 'verdicts' ? labels : { grant: labels.grant },
        ...(saved !== null && isChanged ? { against: { id: saved.id, version: saved.version } } : {}),
        ...(target === '' ? {} : { target }),
        ...(by.length === 0 ? {} : { by: [...by] }),
      }),
  });
  const chooseLabels = async (): Promise<void> => {
    await takeIn(async (watch) => {
      const [file] = await chooseFiles(watch);
      if (file !== undefined) setLabels({ grant: file.id, name: file.name });
      return [];
    });
  };
  const groups = (vocabulary?.columns ?? []).filter(({ name, type }) => type === 'text' && isSubgroup(name));
  return (
    <div className={css.page}>
      <div className={css.asked}>
        <Select
          label="As it would run in"
          value={target === '' ? 'nightjar' : target}
          onChange={(chosen) => setTarget(chosen === 'nightjar' ? '' : chosen)}
          options={[
            { id: 'nightjar', label: 'Nightjar', detail: 'exactly as written' },
            ...(targets ?? []).map(({ name, title, sentence }) => ({ id: name, label: title, detail: sentence })),
          ]}
        />
        <div className={css.asking}>
          <span className={css.label}>Labels</span>
          <span className={css.line}>
            {labels === 'verdicts' ? 'Verdicts of this case' : labels.name}
            <Button kind="quiet" onPress={() => void chooseLabels()}>
              {labels === 'verdicts' ? 'Use a file' : 'Another file'}
            </Button>
            {labels === 'verdicts' ? null : (
              <Button kind="quiet" onPress={() => setLabels('verdicts')}>
                Use verdicts
              </Button>
            )}
          </span>
        </div>
        {groups.length === 0 ? null : (
          <fieldset className={css.groups}>
            <legend className={css.label}>Subgroups by</legend>
            {groups.map(({ name }) => (
              <Checkbox
                key={name}
                isSelected={by.includes(name)}
                onChange={(isOn) => setBy(isOn ? [...by, name] : by.filter((each) => each !== name))}
              >
                {name}
              </Checkbox>
            ))}
          </fieldset>
        )}
        <Button
          kind="primary"
          isDisabled={running !== null}
          isBusy={start.isPending}
          onPress={() => once(start.mutate)}
        >
          Run the backtest
        </Button>
      </div>
      {running !== null && running.kind !== 'backtest' ? (
        <p className={css.muted}>One job at a time: “{running.title}” is under way.</p>
      ) : null}
      {start.error === null ? null : <ErrorNotice error={start.error} />}
      {error === null ? null : <ErrorNotice error={error} />}
      {job === null ? null : <JobView job={job} />}
      {last === undefined || (job !== null && (last === null || isRunning(job))) ? null : last === null ? (
        <EmptyState title="No backtest yet.">
          It runs the rule over every event of this case: whom it hits and when, and, where there are verdicts or a file
          of labels, how often it is right, with intervals.
        </EmptyState>
      ) : (
        <>
          {last.text === text ? null : (
            <Notice tone="warn">
              This is the backtest of another text than the one that is open. Run it again to measure this one.
            </Notice>
          )}
          <BacktestReportView report={last.report} />
        </>
      )}
    </div>
  );
};

/** Columns whose values describe groups of people, not single ones. */
const isSubgroup = (name: string): boolean => name === 'country' || name === 'dataset' || name.startsWith('c_');
