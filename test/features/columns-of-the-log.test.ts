import { expect, test } from 'vitest';
import { featuresOf } from './events.ts';

test('measures: median, largest and spread; NaN and infinite values are missing', async () => {
  const { values } = await featuresOf('actor_id m_load m_x"y', [
    ['a', 1, 5],
    ['a', 2, 6],
    ['a', 4, 7],
    ['a', null, 7],
    ['a', 'nan', 7],
    ['a', '-inf', 7],
    ['a', 'inf', 'nan'],
    ['b', 9, null],
  ]);
  // 1 2 4: Q1 = 1.5, Q3 = 3
  expect(values['a']).toMatchObject({ m_load_median: 2, m_load_max: 4, m_load_spread: 1.5 });
  expect(values['b']).toMatchObject({ m_load_median: 9, m_load_max: 9, m_load_spread: null, 'm_x"y_max': null });
});

test('categories: how many values, and how rare among actors', async () => {
  const { values } = await featuresOf('actor_id c_plan', [
    ['a', 'free'],
    ['a', 'odd'],
    ['a', 'odd'],
    ['b', 'free'],
    ['c', 'free'],
    ['d', 'free'],
    ['e', null],
  ]);
  // free: 4 of 4 actors, 0 bits; odd: 1 of 4, 2 bits
  expect(values['a']?.['c_plan_count']).toBe(2);
  expect(values['a']?.['c_plan_rarity']).toBeCloseTo(4 / 3, 9);
  expect(values['b']).toMatchObject({ c_plan_count: 1, c_plan_rarity: 0 });
  expect(values['e']).toMatchObject({ c_plan_count: null, c_plan_rarity: null });
});

test('buckets: how many different ones per event, events without one among them', async () => {
  const { values } = await featuresOf('actor_id b_reply_to', [
    ['a', 7],
    ['a', 7],
    ['a', 9],
    ['a', null],
    ['b', 7],
    ['c', null],
    ['d', 0],
    ['d', 255],
  ]);
  expect(values['a']).toMatchObject({ b_reply_to_ratio: 0.5 });
  expect(values['b']).toMatchObject({ b_reply_to_ratio: 1 });
  expect(values['c']).toMatchObject({ b_reply_to_ratio: 0 });
  expect(values['d']).toMatchObject({ b_reply_to_ratio: 1 });
});
