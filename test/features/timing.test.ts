import { expect, test } from 'vitest';
import { featuresOf } from './events.ts';

const at = (time: string): readonly ['a', string] => ['a', time];

test('gaps: median, burstiness, dispersion, short share', async () => {
  const { values } = await featuresOf('actor_id ts', [
    at('2024-01-01 00:00:00'),
    at('2024-01-01 00:00:01'), // 1 s
    at('2024-01-01 00:00:03'), // 2 s: not short
    at('2024-01-01 00:00:06'), // 3 s
    at('2024-01-01 00:00:16'), // 10 s
    ['b', '2024-01-01 00:00:00'],
  ]);
  const a = values['a'];
  // sorted gaps 1 2 3 10: median 2.5, Q1 = 1 + 0.75 = 1.75, Q3 = 3 + 0.25·7 = 4.75
  expect(a?.['gap_median_s']).toBe(2.5);
  expect(a?.['gap_dispersion']).toBeCloseTo(3 / 6.5, 12);
  expect(a?.['gap_short_share']).toBe(1 / 4);
  // μ = 4, σ² = (1 + 4 + 9 + 100)/4 − 16 = 12.5
  expect(a?.['gap_burstiness']).toBeCloseTo((Math.sqrt(12.5) - 4) / (Math.sqrt(12.5) + 4), 9);
  // one event: no gap at all
  expect(values['b']).toMatchObject({
    gap_median_s: null,
    gap_burstiness: null,
    gap_dispersion: null,
    gap_short_share: null,
    gap_modal_share: null,
    session_count: 1,
    session_minutes_mean: 0,
  });
});

test('burstiness is −1 for a timer, as in Goh & Barabási 2008', async () => {
  const rows = [0, 1, 2, 3, 4].map((i) => at(`2024-01-01 00:0${i}:00`));
  const { values } = await featuresOf('actor_id ts', rows);
  expect(values['a']).toMatchObject({ gap_burstiness: -1, gap_dispersion: 0, gap_modal_share: 1 });
});

test('gap_modal_share rounds to seconds and leaves out gaps under half a second', async () => {
  const { values } = await featuresOf('actor_id ts', [
    at('2024-01-01 00:00:00'),
    at('2024-01-01 00:00:00.4'), // 0.4 s: left out
    at('2024-01-01 00:00:05.3'), // 4.9 → 5
    at('2024-01-01 00:00:10.5'), // 5.2 → 5
    at('2024-01-01 00:00:15.0'), // 4.5 → 5
    at('2024-01-01 00:00:22.0'), // 7.0 → 7
  ]);
  // g = 4, m = 3: (3 − 1) / (4 − 1)
  expect(values['a']?.['gap_modal_share']).toBeCloseTo(2 / 3, 12);
});

test('hours of the day, night, weekend and the busiest day', async () => {
  const { values } = await featuresOf('actor_id ts', [
    at('2024-01-05 05:59:59'), // Friday, night
    at('2024-01-05 06:00:00'),
    at('2024-01-06 06:30:00'), // Saturday
    at('2024-01-07 23:59:59'), // Sunday
    ['old', '1969-12-28 03:00:00'], // a Sunday before 1970
    ['old', '1969-12-31 23:30:00'], // a Wednesday
  ]);
  // hours 5, 6, 6, 23: entropy 1.5 bits; Friday has two active hours
  expect(values['a']).toMatchObject({
    hour_entropy: 1.5,
    night_share: 1 / 4,
    weekend_share: 2 / 4,
    busiest_day_hours: 2,
  });
  expect(values['old']).toMatchObject({ night_share: 1 / 2, weekend_share: 1 / 2, active_days: 2, hour_entropy: 1 });
});

test('a pause over 30 minutes ends a session', async () => {
  const { values } = await featuresOf('actor_id ts', [
    at('2024-01-01 00:00:00'),
    at('2024-01-01 00:30:00'), // exactly 30 min: same session
    at('2024-01-01 01:00:01'), // 30 min and 1 s: a new one
    at('2024-01-01 01:10:01'),
    at('2024-01-02 00:00:00'),
  ]);
  // sessions of 30, 10 and 0 minutes
  expect(values['a']).toMatchObject({ session_count: 3 });
  expect(values['a']?.['session_minutes_mean']).toBeCloseTo(40 / 3, 12);
});

test('events without a time count as events, not in time', async () => {
  const { values } = await featuresOf('actor_id ts', [
    at('2024-01-01 00:00:00'),
    ['a', null],
    at('2024-01-01 00:00:10'),
    ['b', null],
  ]);
  expect(values['a']).toMatchObject({ event_count: 3, gap_median_s: 10, active_days: 1, night_share: 1 });
  expect(values['b']).toMatchObject({ event_count: 1, active_days: null, session_count: null, night_share: null });
});
