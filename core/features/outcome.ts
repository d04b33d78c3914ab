import { shareIf } from './expressions.ts';
import { from, type Family, type Relation } from './feature.ts';
import { steps } from './steps.ts';

/** One row per actor and run of failures without a success between them: `n` failures. */
const failureRuns: Relation = {
  name: 'failure_runs',
  stored: false,
  uses: () => [steps],
  sql: (context) => `SELECT actor, successes, count(*) AS n FROM ${from(steps, context)}
    WHERE failed = 1 GROUP BY actor, successes`,
};

export const outcome: Family = {
  name: 'outcome',
  title: 'Outcome',
  features: [
    {
      name: 'failure_share',
      sentence: 'Share of attempts that failed.',
      formula: 'failures / (successes + failures)',
      unit: 'share',
      needs: ['outcome'],
      over: steps,
      sql: () => shareIf('failed = 1', 'failed'),
      worse: 'high',
      windowed: true,
    },
    {
      name: 'failure_streak',
      sentence: 'The longest run of failures without a success between them.',
      formula: 'largest number of failures between two successes (or the ends), events of unknown outcome ignored',
      unit: 'events',
      needs: ['outcome', 'ts'],
      over: failureRuns,
      sql: () => 'max(n)',
      worse: 'high',
      absent: 0,
    },
    {
      name: 'recovery_share',
      sentence: 'How often a success directly follows a failure, as when a guess finally fits.',
      formula: 'events that succeed where the event before failed / events of known outcome',
      unit: 'share',
      needs: ['outcome', 'ts'],
      over: steps,
      sql: () => shareIf('failed = 0 AND prev_failed = 1', 'failed'),
      worse: 'high',
    },
  ],
};
