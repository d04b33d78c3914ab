import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildFeatures, buildWindowFeatures, featureDictionary } from '../../core/features/index.ts';
import { connect, createEvents, readFeatures } from './events.ts';

const COLUMNS = 'actor_id ts action object_id ip device_id user_agent country outcome amount c_plan';

test('one row per actor and window that has events, ordered, with the window start', async () => {
  const connection = await connect();
  const available = await createEvents(connection, 'actor_id ts object_id outcome', [
    ['b', '2024-01-01 23:59:59', 'x', 'success'],
    ['a', '2024-01-01 00:00:00', 'x', 'failure'],
    ['a', '2024-01-01 23:00:00', 'y', 'success'],
    ['a', '2024-01-03 12:00:00', 'x', 'failure'],
    ['a', null, 'z', 'failure'],
  ]);
  const { rows, dictionary } = await buildWindowFeatures(connection, { available, window: '1 day' });
  expect(rows).toBe(3);
  expect(dictionary.map(({ name }) => name)).toEqual(['event_count', 'object_count', 'object_ratio', 'failure_share']);
  const read = await connection.runAndReadAll(
    'SELECT actor_id, CAST(window_start AS VARCHAR), event_count, object_count, failure_share FROM feature_windows',
  );
  expect(read.getRows()).toEqual([
    ['a', '2024-01-01 00:00:00', 2, 2, 0.5],
    ['a', '2024-01-03 00:00:00', 1, 1, 1],
    ['b', '2024-01-01 00:00:00', 1, 1, 0],
  ]);
  connection.closeSync();
});

test('weeks start on Mondays, and other windows at multiples of their width', async () => {
  const connection = await connect();
  const available = await createEvents(connection, 'actor_id ts', [['a', '2024-01-07 23:59:59.999999']]);
  const starts: unknown[] = [];
  for (const window of ['1 week', '15 minutes', '1 hour']) {
    await buildWindowFeatures(connection, { available, window, features: ['event_count'] });
    const read = await connection.runAndReadAll('SELECT CAST(window_start AS VARCHAR) FROM feature_windows');
    starts.push(read.getRows()[0]?.[0]);
  }
  expect(starts).toEqual(['2024-01-01 00:00:00', '2024-01-07 23:45:00', '2024-01-07 23:00:00']);
  connection.closeSync();
});

test('a window that spans everything gives the per-actor values', async () => {
  const connection = await connect();
  const pick = (...of: readonly string[]) => fc.constantFrom(...of, null);
  const event = fc.tuple(
    fc.constantFrom('a', 'b', 'c'),
    fc.integer({ min: 0, max: 86_399 }).map((s) => new Date(1_704_067_200_000 + s * 1000).toISOString().slice(0, 19)),
    pick('view', 'like', 'buy'),
    pick('a', 'x', 'y'),
    pick('p', 'q'),
    pick('d', 'e'),
    pick('u', 'v'),
    pick('CH', 'NZ'),
    pick('success', 'failure', 'unknown'),
    fc.oneof(
      fc.constant(null),
      fc.integer({ min: -5000, max: 5000 }).map((n) => n / 100),
    ),
    pick('free', 'paid'),
  );
  const windowed = featureDictionary()
    .filter((info) => info.windowed)
    .map(({ name }) => name.replace('c_NAME', 'c_plan'));
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 30 }), async (rows) => {
      const available = await createEvents(connection, COLUMNS, rows);
      await buildFeatures(connection, { available });
      await buildWindowFeatures(connection, { available, window: '9999 weeks' });
      const whole = await readFeatures(connection);
      const windows = await readFeatures(connection, '(SELECT * EXCLUDE (window_start) FROM feature_windows)');
      expect(Object.keys(windows)).toEqual(Object.keys(whole));
      for (const [actor, values] of Object.entries(windows)) {
        expect(Object.keys(values)).toEqual(windowed);
        expect(values).toEqual(Object.fromEntries(windowed.map((name) => [name, whole[actor]?.[name]])));
      }
    }),
    { numRuns: 15, seed: 7 },
  );
  connection.closeSync();
});

test('a window or feature that does not exist is refused', async () => {
  const connection = await connect();
  const available = await createEvents(connection, 'actor_id ts', [['a', '2024-01-01']]);
  for (const window of ['', '1', 'hour', '0 hours', '1.5 days', '1 fortnight']) {
    await expect(buildWindowFeatures(connection, { available, window })).rejects.toMatchObject({
      code: 'usage',
      where: 'window',
    });
  }
  await expect(
    buildWindowFeatures(connection, { available, window: '1 day', features: ['gap_median_s'] }),
  ).rejects.toMatchObject({ code: 'usage', where: 'gap_median_s' });
  connection.closeSync();
});
