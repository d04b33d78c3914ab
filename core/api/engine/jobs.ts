import { newIdentifier } from '../../store/index.ts';
import type { Job } from '../contract/jobs.ts';
import { NightjarError } from '../errors.ts';
import type { Progress, Watch } from '../progress.ts';
import { crossingOf } from './errors-across.ts';
import { pageWords } from './page-words.ts';

/** What a job did, as one sentence, and what the reader must know. */
export type JobResult = { readonly summary: string; readonly warnings: readonly string[] };
/** `keep` notes what stays even if the job is cancelled or fails later. */
export type JobWork = (watch: Watch, keep: (summary: string) => void) => Promise<JobResult>;

export type Jobs = {
  /** Starts a job and returns its id. Errors: `usage` while another one runs. */
  start(kind: Job['kind'], title: string, work: JobWork): string;
  list(): Job[];
  isRunning(): boolean;
  /** Errors: `usage` while a job runs. */
  requireIdle(): void;
  cancel(id: string): void;
  dismiss(id: string): void;
  /** Cancels what runs and waits for its end. */
  close(): Promise<void>;
};

/** Ended jobs that are remembered. */
const MOST_ENDED = 20;

/** Long calls, one at a time. `onChange` is told of every step. */
export const createJobs = (onChange: () => void): Jobs => {
  let jobs: readonly Job[] = [];
  let running: { readonly id: string; readonly abort: AbortController; readonly ended: Promise<void> } | undefined;
  const change = (id: string, part: Partial<Job> | ((job: Job) => Partial<Job>)): void => {
    jobs = jobs.map((job) => (job.id === id ? { ...job, ...(typeof part === 'function' ? part(job) : part) } : job));
    onChange();
  };
  const requireIdle = (): void => {
    if (running === undefined) return;
    throw new NightjarError('usage', 'A job is under way.', { next: 'Wait until it is done, or cancel it.' });
  };
  const run = async (id: string, signal: AbortSignal, work: JobWork): Promise<void> => {
    const clock = createStageClock();
    const onProgress = (step: Progress): void =>
      change(id, (job) => ({ stages: withStep(job.stages, step), secondsLeft: clock(step) }));
    let kept: string | null = null;
    try {
      const result = await work({ signal, onProgress }, (summary) => {
        kept = summary;
      });
      change(id, { state: 'done', summary: result.summary, warnings: result.warnings.map(pageWords) });
    } catch (error) {
      const { code, message, data } = crossingOf(error, signal.aborted);
      if (code === 'cancelled')
        change(id, { state: 'cancelled', summary: `Cancelled. ${kept ?? 'The case is as before.'}` });
      else change(id, { state: 'failed', error: { code, message, ...data }, summary: kept });
    } finally {
      running = undefined;
      change(id, { endedAt: Date.now(), secondsLeft: null });
    }
  };
  return {
    start: (kind, title, work) => {
      requireIdle();
      const id = newIdentifier();
      const abort = new AbortController();
      const common = { endedAt: null, stages: [], secondsLeft: null, error: null, summary: null, warnings: [] };
      const job: Job = { id, kind, title, state: 'running', startedAt: Date.now(), ...common };
      jobs = [...jobs, job].slice(-MOST_ENDED);
      onChange();
      // The answer that names the job goes out before its work begins.
      const ended = new Promise<void>((resolve) => setImmediate(resolve)).then(() => run(id, abort.signal, work));
      running = { id, abort, ended };
      return id;
    },
    list: () => [...jobs],
    isRunning: () => running !== undefined,
    requireIdle,
    cancel: (id) => {
      if (running?.id !== id) return;
      change(id, { state: 'cancelling', secondsLeft: null });
      running.abort.abort();
    },
    dismiss: (id) => {
      if (running?.id === id) return;
      jobs = jobs.filter((job) => job.id !== id);
      onChange();
    },
    close: async () => {
      running?.abort.abort();
      await running?.ended;
    },
  };
};

const withStep = (stages: Job['stages'], { stage, done, total, unit }: Progress): Job['stages'] => {
  const step = { stage, done, total: total ?? null, unit };
  return stages.some((other) => other.stage === stage)
    ? stages.map((other) => (other.stage === stage ? step : other))
    : [...stages, step];
};

/** Before this nothing is said of the time left: the first steps are not like the rest. */
const SETTLED_MS = 1000;

/** Seconds left of the stage a step belongs to, from its rate so far; null where it cannot be known yet. */
const createStageClock = (): ((step: Progress) => number | null) => {
  let stage = '';
  let since = 0;
  let from = 0;
  return ({ stage: name, done, total }) => {
    if (name !== stage) {
      stage = name;
      since = performance.now();
      from = done;
    }
    const elapsed = performance.now() - since;
    if (total === undefined || done <= from || elapsed < SETTLED_MS) return null;
    return Math.max(0, Math.round((((total - done) / (done - from)) * elapsed) / 100) / 10);
  };
};
