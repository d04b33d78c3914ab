import type { Job } from '../../core/api/contract.ts';
import { client } from '../client.ts';
import { isRunning } from '../engine-state.ts';
import { duration, timeLeft } from '../format.ts';
import { problemAsError } from '../problem.ts';
import { CheckIcon, UndecidedIcon } from '../ui/icons.tsx';
import { Button, cx, ErrorNotice, Notice, ProgressBar, showError } from '../ui/index.ts';
import { shareOf, stageCount, stageName, stateWord } from './job-words.ts';
import css from './job-view.module.css';

/** A job: its stages with counts, the time left, and what can be done about it. */
export const JobView = ({ job, isDense = false }: { readonly job: Job; readonly isDense?: boolean }) => (
  <section className={cx(css.job, isDense && css.dense)} aria-label={job.title}>
    <header className={css.head}>
      <span className={css.title}>{job.title}</span>
      {isRunning(job) ? (
        <Button onPress={() => void cancelJob(job)} isDisabled={job.state === 'cancelling'}>
          {job.state === 'cancelling' ? 'Cancelling' : 'Cancel'}
        </Button>
      ) : (
        <Button kind="quiet" onPress={() => void dismissJob(job)}>
          Dismiss
        </Button>
      )}
    </header>
    <ol>
      {job.stages.map((stage, index) => {
        const isDone = index < job.stages.length - 1 || job.state === 'done';
        return (
          <li key={`${index}:${stage.stage}`} className={cx(css.stage, isDone && css.isDone)}>
            <span className={css.mark}>{isDone ? <CheckIcon /> : <UndecidedIcon />}</span>
            <span>{stageName(stage.stage)}</span>
            {isDone || !isRunning(job) ? <span /> : <ProgressBar label={stageName(stage.stage)} share={shareOf(job)} />}
            <span className={css.count}>{stageCount(stage, isDone)}</span>
          </li>
        );
      })}
    </ol>
    <div className={css.foot} role="status">
      {footOf(job)}
    </div>
    {job.error === null ? null : <ErrorNotice error={problemAsError(job.error)} />}
    {job.warnings.map((warning) => (
      <Notice key={warning} tone="warn">
        {warning}
      </Notice>
    ))}
  </section>
);

/** Asks a job to stop; it ends as cancelled, with the case as before. */
const cancelJob = (job: Job): Promise<void> => client.jobs.cancel({ job: job.id }).catch(showError);

/** Takes an ended job off the list. */
const dismissJob = (job: Job): Promise<void> => client.jobs.dismiss({ job: job.id }).catch(showError);

const footOf = (job: Job): string => {
  if (job.state === 'running') return job.secondsLeft === null ? 'Working' : timeLeft(job.secondsLeft);
  const took = job.endedAt === null ? '' : ` after ${duration(job.endedAt - job.startedAt)}`;
  if (job.state === 'done') return job.summary ?? `Done${took}.`;
  if (job.state === 'cancelled') return job.summary ?? `Cancelled${took}. The case is as it was before.`;
  return job.state === 'failed' ? (job.summary ?? `Failed${took}. The case is as it was before.`) : stateWord(job);
};
