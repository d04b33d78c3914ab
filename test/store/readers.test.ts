import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createCase, createReaders, numberColumn, readColumns } from '../../core/store/index.ts';
import { casePlace, failure } from './support.ts';

const SLOW = 'SELECT count(*) AS n FROM range(2000000000) AS a(i) WHERE hash(i) % 7 = 3';

test('a long read is interrupted by its signal and stands in nobody’s way', async () => {
  const { directory, keyringPath } = casePlace();
  const opened = await createCase(directory, { keyringPath, threads: 2 });
  const readers = createReaders(opened);
  const abort = new AbortController();
  const long = failure(() => readers.read((connection) => readColumns(connection, SLOW), abort.signal));
  const quick = await readers.read((connection) => readColumns(connection, 'SELECT 1 AS n'));
  expect(numberColumn(quick, 'n')[0]).toBe(1);
  abort.abort();
  expect((await long).code).toBe('cancelled');
  await readers.close();
  await opened.close();
});

test('closing ends what is being read', async () => {
  const { directory, keyringPath } = casePlace();
  const opened = await createCase(directory, { keyringPath, threads: 2 });
  const readers = createReaders(opened);
  const long = failure(() => readers.read((connection) => readColumns(connection, SLOW)));
  await readers.read((connection) => readColumns(connection, 'SELECT 1 AS n'));
  await readers.close();
  expect((await long).code).toBe('cancelled');
  expect((await failure(() => readers.read((connection) => readColumns(connection, 'SELECT 1')))).code).toBe(
    'cancelled',
  );
  await opened.close();
});

test('closing ends a read whose query has yet to begin', async () => {
  const { directory, keyringPath } = casePlace();
  const opened = await createCase(directory, { keyringPath, threads: 2 });
  const readers = createReaders(opened);
  const long = failure(() =>
    readers.read(async (connection) => {
      await delay(100);
      return await readColumns(connection, SLOW);
    }),
  );
  await readers.read((connection) => readColumns(connection, 'SELECT 1 AS n'));
  await readers.close();
  expect((await long).code).toBe('cancelled');
  await opened.close();
});

test('a read whose connection comes after closing never begins', async () => {
  const { directory, keyringPath } = casePlace();
  const opened = await createCase(directory, { keyringPath, threads: 2 });
  const readers = createReaders({
    connect: async () => {
      await delay(100);
      return await opened.connect();
    },
  });
  let hasBegun = false;
  const late = failure(() =>
    readers.read(async (connection) => {
      hasBegun = true;
      return await readColumns(connection, SLOW);
    }),
  );
  await readers.close();
  expect((await late).code).toBe('cancelled');
  expect(hasBegun).toBe(false);
  await opened.close();
});
