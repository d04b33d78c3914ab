import { expect, test } from 'vitest';
import { featuresOf } from './events.ts';

test('inbound: who acts on an actor, what comes in and what passes through', async () => {
  const { values } = await featuresOf('actor_id ts object_id amount', [
    ['a', '2024-01-01 10:00:00', 'm', 100],
    ['b', '2024-01-01 11:00:00', 'm', 50],
    ['a', '2024-01-02 10:00:00', 'm', 30],
    ['m', '2024-01-01 12:00:00', 'a', 60],
    ['m', '2024-01-02 12:00:00', 'z', 70],
    ['m', '2024-01-09 12:00:00', 'm', 500], // to itself: not received
  ]);
  // m receives 3 events from a and b; it acts on a in turn; both on 1 January; it sends 3 events
  expect(values['m']).toMatchObject({
    received_events: 3,
    sender_count: 2,
    received_share: 3 / 6,
    reciprocity_share: 1 / 2,
    fan_in_day: 2,
    amount_received: 180,
    amount_in_share: 180 / (180 + 630),
  });
  // day 1: 150 in, 60 + 70 out; day 2: 30 in, 70 out: (130 + 30) / 180
  expect(values['m']?.['pass_through_share']).toBeCloseTo(160 / 180, 12);
  // a receives 60 on day 1 and sends 100 that day
  expect(values['a']).toMatchObject({ received_events: 1, reciprocity_share: 1, pass_through_share: 1 });
  expect(values['b']).toMatchObject({
    received_events: 0,
    sender_count: 0,
    received_share: 0,
    reciprocity_share: null,
    fan_in_day: 0,
    amount_received: 0,
    amount_in_share: 0,
    pass_through_share: null,
  });
});

test('without an actor among the objects the family is dropped and says why', async () => {
  const { built } = await featuresOf('actor_id object_id amount ts', [
    ['a', 'x', 1, '2024-01-01'],
    ['b', 'y', 2, '2024-01-02'],
  ]);
  const inbound = built.dropped.filter(({ reason }) => reason === 'no object is an actor');
  expect(inbound.map(({ name }) => name)).toContain('fan_in_day');
  expect(inbound).toHaveLength(8);
});
