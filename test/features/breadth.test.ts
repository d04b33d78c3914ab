import { expect, test } from 'vitest';
import { featuresOf } from './events.ts';

test('breadth: what an actor touches, how popular it is, and whether it comes back', async () => {
  const { values } = await featuresOf('actor_id ts object_id', [
    ['a', '2024-01-01 10:00:00', 'x'],
    ['a', '2024-01-01 11:00:00', 'x'],
    ['a', '2024-01-02 10:00:00', 'y'],
    ['a', '2024-01-03 10:00:00', 'y'],
    ['a', '2024-01-03 11:00:00', null],
    ['b', '2024-01-01 10:00:00', 'x'],
    ['b', '2024-01-01 10:00:01', 'z'],
    ['c', '2024-01-01 10:00:00', 'x'],
    ['c', '2024-01-01 10:00:01', 'z'],
    ['d', '2024-01-01 10:00:00', null],
  ]);
  // x is touched by a, b, c; y by a only; z by b and c. a: x twice on one day, y on two days
  expect(values['a']).toMatchObject({
    object_count: 2,
    object_ratio: 2 / 4,
    object_entropy: 1,
    object_solo_share: 1 / 2,
    object_return_share: 1 / 2,
  });
  expect(values['a']?.['object_popularity']).toBeCloseTo((2 * Math.log2(3) + 2 * 0) / 4, 9);
  expect(values['b']).toMatchObject({ object_count: 2, object_ratio: 1, object_solo_share: 0, object_return_share: 0 });
  expect(values['b']?.['object_popularity']).toBeCloseTo((Math.log2(3) + 1) / 2, 9);
  expect(values['d']).toMatchObject({ object_count: null, object_entropy: null, object_popularity: null });
});
