import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { Job } from '../../core/api/contract.ts';
import { isRunning, useJobs } from '../engine-state.ts';
import { timeLeft } from '../format.ts';
import { CheckIcon, CloseIcon, WarnIcon } from '../ui/icons.tsx';
import { cx, ProgressBar } from '../ui/index.ts';
import { JobView } from './job-view.tsx';
import { shareOf, stateWord } from './job-words.ts';
import css from './job-panel.module.css';

/** Jobs in the status bar: the one under way in a few words, all of them in a panel. */
export const JobPanel = () => {
  const jobs = useJobs();
  const shown = jobs.find(isRunning) ?? jobs[0];
  return (
    <DialogTrigger>
      <AriaButton className={cx(css.trigger)}>
        {shown === undefined ? (
          'No jobs'
        ) : isRunning(shown) ? (
          <>
            <span className={css.bar}>
              <ProgressBar label={shown.title} share={shareOf(shown)} />
            </span>
            <span className={css.words}>
              {shown.title}
              {shown.secondsLeft === null ? '' : `, ${timeLeft(shown.secondsLeft)}`}
            </span>
          </>
        ) : (
          <>
            <EndMark job={shown} />
            <span className={css.words}>
              {shown.title}: {stateWord(shown).toLowerCase()}
            </span>
          </>
        )}
      </AriaButton>
      <Popover className={cx(css.popover)} placement="top start" offset={6}>
        <Dialog aria-label="Jobs" className={cx(css.list)}>
          {jobs.length === 0 ? (
            <p className={css.none}>
              Imports, rankings and audits show up here. They go on when you leave a screen or reload the window.
            </p>
          ) : (
            jobs.map((job) => (
              <div key={job.id} className={css.item}>
                <JobView job={job} isDense />
              </div>
            ))
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
};

/** Tells those who do not see the status bar when a job begins and how it ends. */
export const JobAnnouncer = () => {
  const jobs = useJobs();
  const told = jobs.find(isRunning) ?? jobs[0];
  return (
    <span role="status" className="visually-hidden">
      {told === undefined ? '' : `${stateWord(told)}: ${told.title}`}
    </span>
  );
};

const EndMark = ({ job }: { readonly job: Job }) => {
  if (job.state === 'failed') return <WarnIcon size={14} className={cx(css.failed)} />;
  return job.state === 'done' ? <CheckIcon size={14} /> : <CloseIcon size={14} />;
};
