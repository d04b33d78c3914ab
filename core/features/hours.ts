import { from, type Relation } from './feature.ts';
import { steps } from './steps.ts';

/** One row per actor and clock hour: `n` events. */
const hours: Relation = {
  name: 'hours',
  stored: true,
  uses: () => [steps],
  sql: (context) => `SELECT actor, day_index, hour_of_day, count(*) AS n
    FROM ${from(steps, context)} WHERE day_index IS NOT NULL GROUP BY actor, day_index, hour_of_day`,
};

/** One row per actor and day: `n` events, `active_hours`, and `peak`, the events of the busiest hour. */
export const days: Relation = {
  name: 'days',
  stored: false,
  uses: () => [hours],
  sql: (context) => `SELECT actor, day_index, sum(n) AS n, count(*) AS active_hours, max(n) AS peak
    FROM ${from(hours, context)} GROUP BY actor, day_index`,
};

/** One row per actor and hour of the day: `n` events. */
export const clock: Relation = {
  name: 'clock',
  stored: false,
  uses: () => [hours],
  sql: (context) => `SELECT actor, hour_of_day, CAST(sum(n) AS BIGINT) AS n
    FROM ${from(hours, context)} GROUP BY actor, hour_of_day`,
};
