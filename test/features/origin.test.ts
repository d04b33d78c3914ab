import { expect, test } from 'vitest';
import { featuresOf } from './events.ts';

test('addresses: how many, new ones, switches, and who else is there', async () => {
  const { values } = await featuresOf('actor_id ts ip outcome', [
    ['a', '2024-01-01 10:00:00', 'p', 'success'],
    ['a', '2024-01-01 11:00:00', 'q', 'success'], // switch; new on the first day does not count
    ['a', '2024-01-02 10:00:00', 'r', 'failure'], // switch; new
    ['a', '2024-01-02 10:00:01', 'r', 'success'], // new
    ['a', '2024-01-03 10:00:00', 'r', 'success'], // no longer new
    ['a', '2024-01-03 10:00:01', null, 'success'],
    ['b', '2024-01-01 10:00:00', 'r', 'failure'],
    ['b', '2024-01-01 10:00:01', 'r', 'failure'],
    ['b', '2024-01-01 10:00:02', 'r', 'success'],
    ['c', '2024-01-01 10:00:00', 'r', 'success'],
    ['c', '2024-01-01 10:00:01', 'q', 'failure'],
  ]);
  // p: a; q: a, c; r: a, b, c
  expect(values['a']).toMatchObject({
    ip_count: 3,
    ip_new_share: 2 / 5,
    ip_switch_share: 2 / 4,
    ip_shared_max: 2,
    ip_shared_mean: (0 + 1 + 3 * 2) / 5,
  });
  // others at q: c fails 1 of 1 (one event of a); at r: b and c fail 2 of 4 (three events of a)
  expect(values['a']?.['ip_others_failure_share']).toBeCloseTo((1 * 1 + 3 * 0.5) / 4, 9);
  expect(values['b']).toMatchObject({ ip_count: 1, ip_new_share: 0, ip_switch_share: 0, ip_shared_max: 2 });
});

test('devices, sessions, clients and operators', async () => {
  const { values } = await featuresOf('actor_id ts device_id session_id user_agent asn', [
    ['a', '2024-01-01 10:00:00', 'd1', 's1', 'u1', 'n1'],
    ['a', '2024-01-09 10:00:00', 'd2', 's1', 'u2', 'n1'],
    ['b', '2024-01-01 10:00:00', 'd2', 's1', 'u1', 'n1'],
    ['c', '2024-01-01 10:00:00', 'd3', 's2', 'u1', 'n2'],
    ['d', '2024-01-01 10:00:00', 'd2', null, 'u1', 'n2'],
  ]);
  // d2 has a, b, d; s1 has a, b. Clients: u1 used by 4 of 4 (0 bits), u2 by 1 of 4 (2 bits)
  expect(values['a']).toMatchObject({
    device_count: 2,
    device_new_share: 1 / 2,
    device_shared_max: 2,
    session_shared_max: 1,
    agent_count: 2,
    agent_rarity: (0 + 2) / 2,
    asn_rarity: 1,
  });
  expect(values['c']).toMatchObject({ device_shared_max: 0, session_shared_max: 0, agent_rarity: 0, asn_rarity: 1 });
  expect(values['d']).toMatchObject({ session_shared_max: null });
});

test('countries that change within an hour', async () => {
  const { values } = await featuresOf('actor_id ts country', [
    ['a', '2024-01-01 10:00:00', 'CH'],
    ['a', '2024-01-01 11:00:00', 'NZ'], // after exactly an hour: a hop
    ['a', '2024-01-01 12:00:01', 'CH'], // after more: a change, no hop
    ['a', '2024-01-01 12:00:02', 'CH'],
    ['b', '2024-01-01 10:00:00', 'CH'],
  ]);
  expect(values['a']).toMatchObject({ country_count: 2 });
  expect(values['a']?.['country_hop_share']).toBeCloseTo(1 / 3, 12);
  expect(values['b']).toMatchObject({ country_count: 1, country_hop_share: null });
});
