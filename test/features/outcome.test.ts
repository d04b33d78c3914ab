import { expect, test } from 'vitest';
import { featuresOf } from './events.ts';

test('outcome: share, longest streak, and success right after a failure', async () => {
  const { values } = await featuresOf('actor_id ts outcome', [
    ['a', '2024-01-01 00:00:00', 'failure'],
    ['a', '2024-01-01 00:00:01', 'success'], // recovers
    ['a', '2024-01-01 00:00:02', 'failure'],
    ['a', '2024-01-01 00:00:03', 'unknown'], // does not end the streak
    ['a', '2024-01-01 00:00:04', 'failure'],
    ['a', '2024-01-01 00:00:05', 'failure'],
    ['a', '2024-01-01 00:00:06', 'success'], // recovers
    ['a', '2024-01-01 00:00:07', 'success'],
    ['b', '2024-01-01 00:00:00', 'success'],
    ['c', '2024-01-01 00:00:00', null],
  ]);
  // 7 known outcomes, 4 failures, streak of 3, 2 recoveries
  expect(values['a']).toMatchObject({ failure_share: 4 / 7, failure_streak: 3, recovery_share: 2 / 7 });
  expect(values['b']).toMatchObject({ failure_share: 0, failure_streak: 0, recovery_share: 0 });
  expect(values['c']).toMatchObject({ failure_share: null, recovery_share: null });
});

test('equal times: a success is placed before a failure whatever the order of the input', async () => {
  const rows = [
    ['a', '2024-01-01 00:00:00', 'failure'],
    ['a', '2024-01-01 00:00:00', 'success'],
    ['a', '2024-01-01 00:00:00', 'failure'],
    ['a', '2024-01-01 00:00:09', 'success'],
  ] as const;
  for (const order of [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [1, 0, 3, 2],
  ]) {
    const { values } = await featuresOf(
      'actor_id ts outcome',
      order.map((i) => rows[i] ?? rows[0]),
    );
    // success, failure, failure, success
    expect(values['a']).toMatchObject({ failure_streak: 2, recovery_share: 1 / 4 });
  }
});
