/** What a log passes through. The pictures in README.md and ARCHITECTURE.md are made from this. */
export type Stage = {
  readonly name: string;
  /** Where it lives. Two folders work in one pass. */
  readonly folders: readonly string[];
  readonly takes: readonly string[];
  readonly gives: string;
  readonly sentence: string;
};

/** The stages, in order. */
export const STAGES: readonly Stage[] = [
  {
    name: 'import',
    folders: ['core/ingest', 'core/anonymize'],
    takes: ['log files'],
    gives: 'events',
    sentence: 'Reads logs once and replaces identities in the same pass; free text becomes numbers and is dropped.',
  },
  {
    name: 'features',
    folders: ['core/features'],
    takes: ['events'],
    gives: 'feature table',
    sentence: 'Describes the behaviour of every actor in a row of numbers, each with a sentence and a unit.',
  },
  {
    name: 'detect',
    folders: ['core/detect'],
    takes: ['feature table'],
    gives: 'scores',
    sentence: 'Scores the actors without labels, by several detectors, and ranks those with enough events.',
  },
  {
    name: 'explain',
    folders: ['core/explain'],
    takes: ['feature table', 'scores'],
    gives: 'ranked queue',
    sentence: 'Says for each actor which features stand out: the value, what is typical, and how rare that is.',
  },
  {
    name: 'feedback',
    folders: ['core/feedback'],
    takes: ['scores', 'verdicts'],
    gives: 'ranked queue',
    sentence: 'Lets what analysts said of some actors move the rest: who is like the abusive ones comes up.',
  },
  {
    name: 'evaluate',
    folders: ['core/evaluate'],
    takes: ['scores', 'labels'],
    gives: 'metrics',
    sentence: 'Holds a ranking against labels, where there are any, with intervals.',
  },
  {
    name: 'rules',
    folders: ['core/rules'],
    takes: ['events', 'feature table', 'labels'],
    gives: 'exported rules',
    sentence:
      'Turns findings into rules that other systems run: found, checked, backtested, and let out if they tell on nobody.',
  },
  {
    name: 'release',
    folders: ['core/release'],
    takes: ['events', 'feature table', 'approved queries'],
    gives: 'released numbers',
    sentence:
      'Lets numbers leave: bounded per actor, noised, paid for from a budget before the noise is drawn, signed.',
  },
];

/** What lies under all stages. */
export const STORE = {
  name: 'case',
  folder: 'core/store',
  sentence: 'Keeps events, features, scores and the queue in one directory, with a journal and a sealed vault.',
} as const;
