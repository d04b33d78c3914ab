import { expect, onTestFinished, test } from 'vitest';
import { rememberedEvents, storedEvents } from '../../../core/api/rules/event-source.ts';
import { createCase, createReaders } from '../../../core/store/index.ts';
import { casePlace, failure } from '../../store/support.ts';

const EVENTS = 5000;

const open = async () => {
  const { directory, keyringPath } = casePlace();
  const opened = await createCase(directory, { keyringPath });
  await opened.connection.run(`INSERT INTO events (seq, ts, actor_id, country)
    SELECT i, make_timestamp(i * 1000000), 'A' || i % 7, 'DE' FROM range(${EVENTS}) AS t(i)`);
  const readers = createReaders(opened);
  onTestFinished(async () => {
    await readers.close();
    await opened.close();
  });
  let reads = 0;
  const counting: Pick<typeof readers, 'read'> = {
    read: (work, signal) => {
      reads++;
      return readers.read(work, signal);
    },
  };
  return { counting, connection: opened.connection, reads: () => reads };
};

const count = async (source: ReturnType<typeof rememberedEvents>['source'], columns: string[]): Promise<number> => {
  let events = 0;
  await source(columns, (batch) => {
    expect([...batch.columns.keys()]).toEqual(expect.arrayContaining(columns));
    events += batch.length;
  });
  return events;
};

test('events are read once, further columns once more, and all anew when the case holds something else', async () => {
  const { counting, connection, reads } = await open();
  const { source, forget } = rememberedEvents(storedEvents(counting));
  expect(await count(source, ['actor_id'])).toBe(EVENTS);
  expect(await count(source, ['actor_id'])).toBe(EVENTS);
  expect(reads()).toBe(1);
  expect(await count(source, ['country'])).toBe(EVENTS);
  expect(await count(source, ['country', 'actor_id'])).toBe(EVENTS);
  expect(reads()).toBe(2);
  await connection.run('DELETE FROM events WHERE seq >= 4000');
  forget();
  expect(await count(source, ['country'])).toBe(4000);
  expect(reads()).toBe(3);
});

test('what does not fit is read each time', async () => {
  const { counting, reads } = await open();
  const { source } = rememberedEvents(storedEvents(counting), 2 * EVENTS - 1);
  expect(await count(source, ['actor_id'])).toBe(EVENTS);
  expect(await count(source, ['actor_id'])).toBe(EVENTS);
  expect(reads()).toBe(2);
});

test('a cancel is heard, from the case and from memory', async () => {
  const { counting } = await open();
  const { source } = rememberedEvents(storedEvents(counting));
  const signal = AbortSignal.abort();
  const cancelled = () => source(['actor_id'], () => undefined, signal);
  expect((await failure(cancelled)).code).toBe('cancelled');
  await count(source, ['actor_id']);
  expect((await failure(cancelled)).code).toBe('cancelled');
});
