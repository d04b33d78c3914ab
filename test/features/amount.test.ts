import { expect, test } from 'vitest';
import { featuresOf } from './events.ts';

test('amount: sum, median, largest, dispersion, round and repeated', async () => {
  const { values } = await featuresOf('actor_id amount', [
    ['a', 10],
    ['a', -10],
    ['a', 10],
    ['a', 25.5],
    ['a', 0],
    ['a', null],
    ['b', 0.1],
    ['b', 0.2],
    ['c', null],
    ['c', 'nan'],
    ['c', 'inf'],
    ['c', 1e19],
  ]);
  // |a|: 0 10 10 10 25.5; Q1 = Q3 = 10; round: 10, −10, 10; distinct: 10, −10, 25.5, 0
  expect(values['a']).toMatchObject({
    amount_sum: 55.5,
    amount_median: 10,
    amount_max: 25.5,
    amount_dispersion: 0,
    amount_round_share: 3 / 5,
  });
  expect(values['a']?.['amount_repeat_share']).toBeCloseTo(1 / 5, 12);
  // decimal, so that 0.1 + 0.2 is 0.3; Q1 = 0.125, Q3 = 0.175
  expect(values['b']).toMatchObject({ amount_sum: 0.3, amount_max: 0.2, amount_repeat_share: 0 });
  expect(values['b']?.['amount_median']).toBeCloseTo(0.15, 12);
  expect(values['b']?.['amount_dispersion']).toBeCloseTo(0.05 / 0.3, 12);
  expect(values['c']).toMatchObject({ event_count: 4, amount_sum: null, amount_median: null, amount_max: null });
});
