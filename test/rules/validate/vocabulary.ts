import type { Vocabulary } from '../../../core/rules/schema.ts';

/** A case as validators know one. */
export const VOCABULARY: Vocabulary = {
  columns: [
    ...['actor_id', 'action', 'object_id', 'ip', 'country', 'outcome', 'c_plan'].map((name) => ({
      name,
      type: 'text' as const,
    })),
    ...['amount', 'm_size'].map((name) => ({ name, type: 'number' as const })),
  ],
  features: [
    { name: 'event_count', unit: 'events', sentence: 'How many events the actor caused.' },
    { name: 'night_share', unit: 'share', sentence: 'Share of events between 00:00 and 06:00 UTC.' },
    { name: 'gap_median_s', unit: 'seconds', sentence: 'The typical pause between two events of the actor.' },
  ],
  values: new Map([['action', ['like', 'follow', 'login', 'password_change']]]),
};

export const DAY = '2026-06-01';
