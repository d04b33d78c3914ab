import type { EventRule } from '../../core/rules/schema.ts';

/** A rule over events by actor that says the least, and hits each moment, changed as asked. */
export const plainRule = (changes: Partial<EventRule> = {}): EventRule => ({
  id: 'r',
  title: 'R',
  intent: '',
  author: 'A',
  severity: 'low',
  effect: { kind: 'review' },
  expires: null,
  falsePositives: [],
  over: 'events',
  groupBy: ['actor_id'],
  where: null,
  window: { kind: 'event' },
  when: [{ kind: 'count', where: null, op: '>=', value: 1 }],
  exclusions: [],
  ...changes,
});
