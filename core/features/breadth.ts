import { countIf, entropy, meanPerEvent, ratio } from './expressions.ts';
import type { Family } from './feature.ts';
import { reached } from './pairs.ts';

const objects = reached('object_id');

export const breadth: Family = {
  name: 'breadth',
  title: 'Breadth: what is touched',
  features: [
    {
      name: 'object_count',
      sentence: 'How many different objects the actor touched.',
      formula: 'distinct objects D',
      unit: 'objects',
      needs: ['object_id'],
      over: objects,
      sql: () => 'count(*)',
      worse: 'high',
      windowed: true,
    },
    {
      name: 'object_ratio',
      sentence: 'New objects per event: 1 means never the same twice.',
      formula: 'D / events with an object',
      unit: 'share',
      needs: ['object_id'],
      over: objects,
      sql: () => ratio('count(*)', 'sum(n)'),
      worse: 'both',
      windowed: true,
    },
    {
      name: 'object_entropy',
      sentence: 'How evenly the actor spreads over the objects touched.',
      formula: 'Shannon entropy of the events per object',
      unit: 'bits',
      needs: ['object_id'],
      over: objects,
      sql: entropy,
      worse: 'both',
    },
    {
      name: 'object_popularity',
      sentence: 'How popular the touched objects are among all actors.',
      formula: 'mean over events of log2(number of actors who touched the object)',
      unit: 'bits',
      needs: ['object_id'],
      over: objects,
      sql: (dialect) => meanPerEvent(dialect, 'log2(actors)'),
      worse: 'both',
    },
    {
      name: 'object_solo_share',
      sentence: 'Share of the touched objects that nobody else touched.',
      formula: 'objects touched by this actor only / D',
      unit: 'share',
      needs: ['object_id'],
      over: objects,
      sql: () => ratio(countIf('actors = 1'), 'count(*)'),
      worse: 'high',
    },
    {
      name: 'object_return_share',
      sentence: 'Share of the touched objects the actor came back to on another day.',
      formula: 'objects with events on two days or more / D',
      unit: 'share',
      needs: ['object_id', 'ts'],
      over: objects,
      sql: () => ratio(countIf('last_day > first_day'), 'count(*)'),
      worse: 'low',
    },
  ],
};
