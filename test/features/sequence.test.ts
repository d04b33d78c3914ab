import { expect, test } from 'vitest';
import { featuresOf } from './events.ts';

test('sequence: variety, loops, and surprise under what everyone does next', async () => {
  const { values } = await featuresOf('actor_id ts action', [
    ['a', '2024-01-01 00:00:00', 'view'],
    ['a', '2024-01-01 00:00:01', 'like'],
    ['a', '2024-01-01 00:00:02', 'view'],
    ['a', '2024-01-01 00:00:03', 'like'],
    ['b', '2024-01-01 00:00:00', 'view'],
    ['b', '2024-01-01 00:00:01', 'view'],
    ['b', '2024-01-01 00:00:02', 'view'],
    ['c', '2024-01-01 00:00:00', 'like'],
  ]);
  // a: view→like twice, like→view once. b: view→view twice. All: view→like 2 of 4, view→view 2 of 4, like→view 1 of 1
  expect(values['a']).toMatchObject({ action_count: 2, action_entropy: 1, action_top_share: 0.5 });
  expect(values['a']?.['bigram_entropy']).toBeCloseTo(Math.log2(3) - 2 / 3, 9);
  expect(values['a']?.['bigram_top_share']).toBeCloseTo(2 / 3, 12);
  expect(values['a']?.['action_surprise']).toBeCloseTo((2 * 1 + 0) / 3, 9);
  expect(values['b']).toMatchObject({ action_entropy: 0, bigram_entropy: 0, bigram_top_share: 1, action_surprise: 1 });
  expect(values['c']).toMatchObject({ action_count: 1, bigram_entropy: null, action_surprise: null });
});

test('equal times are ordered by the name of the action, not by the order of the input', async () => {
  const rows = [
    ['a', '2024-01-01 00:00:00', 'b'],
    ['a', '2024-01-01 00:00:00', 'a'],
    ['a', '2024-01-01 00:00:00', 'b'],
    ['z', '2024-01-01 00:00:00', 'a'],
    ['z', '2024-01-01 00:00:01', 'a'],
  ] as const;
  for (const order of [
    [0, 1, 2, 3, 4],
    [4, 1, 0, 3, 2],
  ]) {
    const { values } = await featuresOf(
      'actor_id ts action',
      order.map((i) => rows[i] ?? rows[0]),
    );
    // a a→b, b→b: p(b|a) = 1/2, p(b|b) = 1
    expect(values['a']).toMatchObject({ bigram_entropy: 1, action_surprise: 0.5 });
  }
});
