import { expect, test } from 'vitest';
import { featuresOf } from './events.ts';

test('volume counts events, active days, events per active day and the busiest clock hour', async () => {
  const { values } = await featuresOf('actor_id ts', [
    ['a', '2024-01-01 10:00:00'],
    ['a', '2024-01-01 10:59:59.999999'],
    ['a', '2024-01-01 11:00:00'],
    ['a', '2024-01-03 10:30:00'],
    ['b', '2024-01-02 00:00:00'],
  ]);
  // a: 4 events on 1 and 3 January; 10 h holds two of them on the 1st and one on the 3rd, which is another hour
  expect(values['a']).toMatchObject({
    events: 4,
    event_count: 4,
    active_days: 2,
    events_per_active_day: 2,
    peak_hour_events: 2,
  });
  expect(values['b']).toMatchObject({ event_count: 1, active_days: 1, events_per_active_day: 1, peak_hour_events: 1 });
});
