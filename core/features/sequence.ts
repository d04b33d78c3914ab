import { entropy, meanPerEvent, ratio } from './expressions.ts';
import { from, type Family, type Relation } from './feature.ts';
import { reached } from './pairs.ts';
import { steps } from './steps.ts';

/** One row per actor, action and next action: `n` steps. */
const bigrams: Relation = {
  name: 'bigrams',
  stored: true,
  uses: () => [steps],
  sql: (context) => `SELECT actor, prev_action, action, count(*) AS n FROM ${from(steps, context)}
    WHERE prev_action IS NOT NULL AND action IS NOT NULL GROUP BY actor, prev_action, action`,
};

/** The bigrams with what all actors do: `next_n` make this step, of `from_n` who leave that action. */
const moves: Relation = {
  name: 'moves',
  stored: false,
  uses: () => [bigrams],
  sql: (context) => {
    const table = from(bigrams, context);
    return `SELECT b.actor, b.n, t.n AS next_n, f.n AS from_n FROM ${table} AS b
      JOIN (SELECT prev_action, action, CAST(sum(n) AS BIGINT) AS n FROM ${table} GROUP BY prev_action, action) AS t
        ON t.prev_action = b.prev_action AND t.action = b.action
      JOIN (SELECT prev_action, CAST(sum(n) AS BIGINT) AS n FROM ${table} GROUP BY prev_action) AS f
        ON f.prev_action = b.prev_action`;
  },
};

const actions = reached('action');

export const sequence: Family = {
  name: 'sequence',
  title: 'Sequence of actions',
  features: [
    {
      name: 'action_count',
      sentence: 'How many different actions the actor took.',
      formula: 'distinct actions',
      unit: 'actions',
      needs: ['action'],
      over: actions,
      sql: () => 'count(*)',
      worse: 'both',
      windowed: true,
    },
    {
      name: 'action_entropy',
      sentence: 'How varied the actions are.',
      formula: 'Shannon entropy of the events per action',
      unit: 'bits',
      needs: ['action'],
      over: actions,
      sql: entropy,
      worse: 'both',
      windowed: true,
    },
    {
      name: 'action_top_share',
      sentence: 'Share of the most common action.',
      formula: 'events of the most common action / events with an action',
      unit: 'share',
      needs: ['action'],
      over: actions,
      sql: () => ratio('max(n)', 'sum(n)'),
      worse: 'high',
    },
    {
      name: 'bigram_entropy',
      sentence: 'How varied the steps from one action to the next are.',
      formula: 'Shannon entropy of the steps per (action, next action)',
      unit: 'bits',
      needs: ['action', 'ts'],
      over: moves,
      sql: entropy,
      worse: 'both',
    },
    {
      name: 'bigram_top_share',
      sentence: 'Share of the most common step from one action to the next, as in a loop.',
      formula: 'steps of the most common (action, next action) / steps',
      unit: 'share',
      needs: ['action', 'ts'],
      over: moves,
      sql: () => ratio('max(n)', 'sum(n)'),
      worse: 'high',
    },
    {
      name: 'action_surprise',
      sentence: 'How unexpected the next action is to someone who knows what everyone usually does next.',
      formula: 'mean over steps of −log2 p(next | action), p the share among the steps of all actors',
      unit: 'bits',
      needs: ['action', 'ts'],
      over: moves,
      sql: (dialect) => meanPerEvent(dialect, `log2(${ratio('from_n', 'next_n')})`),
      worse: 'high',
    },
  ],
};
