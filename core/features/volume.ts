import { ratio } from './expressions.ts';
import type { Family } from './feature.ts';
import { days } from './hours.ts';
import { steps } from './steps.ts';

export const volume: Family = {
  name: 'volume',
  title: 'Volume and rate',
  features: [
    {
      name: 'event_count',
      sentence: 'How many events the actor caused.',
      formula: 'N, the number of events',
      unit: 'events',
      needs: ['actor_id'],
      over: steps,
      sql: () => 'count(*)',
      worse: 'high',
      windowed: true,
    },
    {
      name: 'active_days',
      sentence: 'On how many calendar days (UTC) the actor was active.',
      formula: 'number of distinct floor(ts / 1 day)',
      unit: 'days',
      needs: ['ts'],
      over: days,
      sql: () => 'count(*)',
      worse: 'both',
    },
    {
      name: 'events_per_active_day',
      sentence: 'Events on an average active day.',
      formula: 'events with a time / active_days',
      unit: 'events',
      needs: ['ts'],
      over: days,
      sql: () => ratio('sum(n)', 'count(*)'),
      worse: 'high',
    },
    {
      name: 'peak_hour_events',
      sentence: 'Events in the busiest clock hour.',
      formula: 'maximum over floor(ts / 1 hour) of its events',
      unit: 'events',
      needs: ['ts'],
      over: days,
      sql: () => 'max(peak)',
      worse: 'high',
    },
  ],
};
