import type { Job } from '../../core/api/contract.ts';
import { bytes, count } from '../format.ts';
import { detectorLabel } from '../plots/detector-words.ts';

const WORDS: Readonly<Record<Job['state'], string>> = {
  running: 'Working',
  cancelling: 'Cancelling',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** A job's state in one word. */
export const stateWord = (job: Job): string => WORDS[job.state];

/** How far the stage under way is, 0–1; null while nobody knows, as at its end, when what comes next has not said anything yet. */
export const shareOf = (job: Pick<Job, 'stages'>): number | null => {
  const stage = job.stages.at(-1);
  return stage === undefined || stage.total === null || stage.done >= stage.total ? null : stage.done / stage.total;
};

const STAGES: Readonly<Record<string, string>> = {
  import: 'Read and replace',
  features: 'Build features',
};

/** A stage as people read it: `isolationForest` → Isolation forest. */
export const stageName = (stage: string): string => STAGES[stage] ?? detectorLabel(stage);

/** How far a stage is, with its unit; empty for one that ended without saying. */
export const stageCount = ({ done, total, unit }: Job['stages'][number], isDone: boolean): string => {
  if (isDone && done === 0) return '';
  const shown = unit === 'bytes' ? bytes : count;
  const of = total === null || isDone ? '' : ` of ${shown(total)}`;
  return `${shown(done)}${of}${unit === 'bytes' ? '' : ` ${unit}`}`;
};
