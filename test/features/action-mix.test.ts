import { expect, test } from 'vitest';
import { featuresOf } from './events.ts';

test('action mix: the share of each common action, most common first', async () => {
  const { values } = await featuresOf('actor_id action', [
    ['a', 'view'],
    ['a', 'view'],
    ['a', 'view'],
    ['a', 'Change Settings'],
    ['b', 'view'],
    ['b', 'like'],
    ['b', null],
    ['c', 'like'],
    ['d', null],
  ]);
  // a: 3 of 4 are views; b: 1 of the 2 events that have an action; c: none; d has no action at all
  expect(values['a']).toMatchObject({
    action_share_view: 0.75,
    action_share_change_settings: 0.25,
    action_share_like: 0,
  });
  expect(values['b']).toMatchObject({
    action_share_view: 0.5,
    action_share_change_settings: 0,
    action_share_like: 0.5,
  });
  expect(values['c']).toMatchObject({ action_share_view: 0, action_share_change_settings: 0, action_share_like: 1 });
  expect(values['d']).toMatchObject({ action_share_view: null, action_share_like: null });
});

test('action mix: at most twelve actions get a share; names that look alike stay apart', async () => {
  const rows = Array.from({ length: 20 }, (_, i) =>
    Array.from({ length: 20 - i }, () => [`u${i % 3}`, i === 1 ? 'A-0' : i === 0 ? 'a 0' : `act${i}`] as const),
  ).flat();
  const { values } = await featuresOf('actor_id action', rows);
  const shares = Object.keys(values['u0'] ?? {}).filter((name) => name.startsWith('action_share_'));
  expect(shares).toHaveLength(12);
  expect(shares).toContain('action_share_a_0');
  expect(shares).toContain('action_share_a_0_2');
});

test('action mix: an action that is hostile text stays text', async () => {
  const { values } = await featuresOf('actor_id action', [
    ['a', "x'); DROP TABLE events; --"],
    ['a', '"; --'],
    ['b', '"; --'],
  ]);
  expect(values['a']).toMatchObject({ action_share_x_drop_table_events: 0.5 });
});
