import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTemporaryCase, numberColumn, readColumns, textColumn, type Case } from '../../core/store/index.ts';
import { withChangedEvents, type EventChanges } from '../../core/store/risk-events.ts';

let opened: Case;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NONE: EventChanges = { texts: [], numbers: [], time: {}, suppressed: { actors: [], columns: [] } };

beforeAll(async () => {
  opened = await createTemporaryCase();
  await opened.connection.run(`INSERT INTO events (ts, actor_id, country, amount, seq) VALUES
    (TIMESTAMP '2025-03-05 13:45:10.25', 'ann', 'se', 7, 0), (TIMESTAMP '2025-03-09 23:59:59', 'ann', 'no', -3, 1),
    (TIMESTAMP '2025-03-10 00:00:00', 'bob', NULL, NULL, 2), (NULL, 'bob', 'is', 12.5, 3)`);
});
afterAll(() => opened.close());

const seen = (changes: Partial<EventChanges>) =>
  withChangedEvents(opened, { ...NONE, ...changes }, async (connection) => {
    const read = await readColumns(connection, 'SELECT ts, actor_id, country, amount FROM events ORDER BY seq');
    return {
      ts: Array.from(numberColumn(read, 'ts'), (us) => (Number.isNaN(us) ? null : us / 1000)),
      actors: textColumn(read, 'actor_id'),
      countries: textColumn(read, 'country'),
      amounts: Array.from(numberColumn(read, 'amount')),
    };
  });

const at = (day: number, ms: number): number => Date.UTC(2025, 2, day) + ms;

test.each<[EventChanges['time'], (number | null)[]]>([
  [{}, [at(5, 13.75 * HOUR_MS + 10_250), at(10, -1000), at(10, 0), null]],
  [{ hours: 6 }, [at(5, 12 * HOUR_MS), at(9, 18 * HOUR_MS), at(10, 0), null]],
  [{ hours: 24 }, [at(5, 0), at(9, 0), at(10, 0), null]],
  // 2025-03-03 was a Monday, day 20,150.
  [{ days: { step: 7, from: 20_150 } }, [at(3, 13.75 * HOUR_MS + 10_250), at(4, -1000), at(10, 0), null]],
  [{ hours: 24, days: { step: 7, from: 20_157 } }, [at(3, 0), at(3, 0), at(10, 0), null]],
  [{ hours: 24, days: 'all' }, [0, 0, 0, null]],
])('times become %o', async (time, expected) => {
  expect(Date.UTC(2025, 2, 3) / DAY_MS).toBe(20_150);
  expect((await seen({ time })).ts).toEqual(expected);
});

test('texts and numbers become coarser, and what is missing stays missing', async () => {
  const { countries, amounts } = await seen({
    texts: [{ column: 'country', to: (text) => (text === 'se' ? text : 'other') }],
    numbers: [{ column: 'amount', edges: [0, 5, 10] }],
  });
  expect([countries, amounts]).toEqual([
    ['se', 'other', null, 'other'],
    [5, 0, Number.NaN, 10],
  ]);
});

test('suppressed actors lose the columns, others keep what they became', async () => {
  const changes = {
    texts: [{ column: 'country', to: () => 'x' }],
    suppressed: { actors: ['bob'], columns: ['country', 'ts'] },
  };
  const { countries, ts, actors, amounts } = await seen(changes);
  expect(countries).toEqual(['x', 'x', null, null]);
  expect(ts.slice(2)).toEqual([null, null]);
  expect([actors[3], amounts[3]]).toEqual(['bob', 12.5]);
});

test('the case keeps its own events, also when the work fails', async () => {
  const failing = withChangedEvents(opened, { ...NONE, time: { days: 'all' } }, () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  const read = await readColumns(opened.connection, 'SELECT min(ts) AS first FROM events');
  expect(numberColumn(read, 'first')[0]).toBe(at(5, 13.75 * HOUR_MS + 10_250) * 1000);
});
