import type { DuckDBConnection } from '@duckdb/node-api';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  createCase,
  ensureEventColumns,
  readCommonValues,
  readFilledRuleColumns,
  readRuleActors,
  readRuleColumns,
  readRuleEvents,
  readRuleFeatures,
  readRunManifestJson,
  readUsualValues,
  saveRun,
} from '../../../core/store/index.ts';
import type { EventBatch } from '../../../core/rules/schema.ts';
import { casePlace } from '../support.ts';

const openEmpty = async (): Promise<DuckDBConnection> => {
  const { directory, keyringPath } = casePlace();
  const { connection, close } = await createCase(directory, { keyringPath });
  onTestFinished(close);
  return connection;
};

const withEvents = async (): Promise<DuckDBConnection> => {
  const connection = await openEmpty();
  await ensureEventColumns(connection, ['m_size', 'c_plan', 'b_mail', 'c_empty']);
  await connection.run(`INSERT INTO events (seq, ts, actor_id, country, amount, m_size, c_plan, b_mail, text_digest) VALUES
    (1, '2024-01-01 00:00:03', 'B', 'DE', 2.5, 1, 'free', 7, 9),
    (2, '2024-01-01 00:00:01.000001', 'A', NULL, NULL, 1, 'free', 7, 9),
    (3, NULL, 'A', 'FR', 1, 1, 'paid', 7, 9),
    (4, '2024-01-01 00:00:01', 'A', 'FR', -0.5, 1, 'paid', 7, 9),
    (5, '1969-12-31 23:59:59', 'C', 'FR', 1, 1, 'free', 7, 9),
    (6, '2024-01-01 00:00:04', NULL, 'FR', 1, 1, 'free', 7, 9)`);
  return connection;
};

const batchesOf = async (events: AsyncIterable<EventBatch>): Promise<EventBatch[]> => {
  const batches: EventBatch[] = [];
  for await (const batch of events) batches.push(batch);
  return batches;
};

const second = (s: number): number => Date.UTC(2024, 0, 1) * 1000 + s * 1e6;

describe('events for rules', () => {
  test('come in order of time, with the named columns only, without those that have no time', async () => {
    const [batch, ...rest] = await batchesOf(readRuleEvents(await withEvents(), ['country', 'amount', 'nowhere']));
    expect(rest).toEqual([]);
    expect(batch?.length).toBe(5);
    expect([...(batch?.ts ?? [])]).toEqual([-1e6, second(1), second(1) + 1, second(3), second(4)]);
    expect([...(batch?.columns.keys() ?? [])].toSorted()).toEqual(['amount', 'country']);
    expect(batch?.columns.get('country')).toEqual(['FR', 'FR', null, 'DE', 'FR']);
    expect(batch?.columns.get('amount')).toEqual(Float64Array.of(1, -0.5, Number.NaN, 2.5, 1));
  });

  test('stopping early leaves the connection as it was, and no event comes twice', async () => {
    const connection = await openEmpty();
    await connection.run(`INSERT INTO events (seq, ts, actor_id)
      SELECT i, make_timestamp(((i * 7919) % 10000) * 1000000), 'A' || i FROM range(10000) AS t(i)`);
    for await (const { length } of readRuleEvents(connection, ['actor_id'])) {
      expect(length).toBeGreaterThan(0);
      break;
    }
    const times = (await batchesOf(readRuleEvents(connection, []))).flatMap(({ ts }) => [...ts]);
    expect(times).toEqual(Array.from({ length: 10_000 }, (_, i) => i * 1e6));
  });

  test('an empty case has none', async () => {
    expect(await batchesOf(readRuleEvents(await openEmpty(), ['country']))).toEqual([]);
  });
});

test('columns: neither times nor hashes nor places; filled ones hold something', async () => {
  const connection = await withEvents();
  const all = await readRuleColumns(connection);
  for (const name of ['ts', 'seq', 'text_signature', 'text_digest', 'b_mail']) {
    expect(all.some((column) => column.name === name)).toBe(false);
  }
  expect(await readFilledRuleColumns(connection)).toEqual([
    { name: 'actor_id', type: 'text' },
    { name: 'country', type: 'text' },
    { name: 'amount', type: 'number' },
    { name: 'm_size', type: 'number' },
    { name: 'c_plan', type: 'text' },
  ]);
});

test('actors, their number of events and their span', async () => {
  expect(await readRuleActors(await withEvents())).toEqual({
    actors: ['A', 'B', 'C'],
    events: 6,
    span: { from: -1e6, to: second(4) },
  });
  expect(await readRuleActors(await openEmpty())).toEqual({ actors: [], events: 0, span: null });
});

test('the usual value is the most frequent, then the first in order', async () => {
  const connection = await withEvents();
  expect(await readUsualValues(connection, 'c_plan')).toEqual(
    new Map([
      ['A', 'paid'],
      ['B', 'free'],
      ['C', 'free'],
    ]),
  );
  await connection.run("INSERT INTO events (seq, actor_id, country) VALUES (7, 'D', 'PL'), (8, 'D', 'AT')");
  expect((await readUsualValues(connection, 'country')).get('D')).toBe('AT');
});

test('who shows a value', async () => {
  const connection = await withEvents();
  expect(await readCommonValues(connection, 'country', 2, 10)).toEqual(['FR']);
  expect(await readCommonValues(connection, 'c_plan', 1, 1)).toEqual(['free']);
});

test('features of the latest ranking', async () => {
  const connection = await openEmpty();
  expect(await readRunManifestJson(connection)).toBeUndefined();
  expect(await readRuleFeatures(connection, ['speed'])).toBeUndefined();
  const empty = new Float64Array(0);
  await saveRun(connection, {
    kind: 'detect',
    manifest: { features: ['speed'] },
    actors: [],
    detectors: [],
    queue: { actors: [], scores: empty, percentiles: empty, pValues: empty, evidence: [], events: empty, reasons: [] },
    features: {
      actors: ['A', 'B'],
      events: Float64Array.of(1, 2),
      names: ['speed'],
      columns: [Float64Array.of(2.5, Number.NaN)],
    },
  });
  expect(await readRunManifestJson(connection)).toEqual({ features: ['speed'] });
  expect(await readRuleFeatures(connection, ['speed'])).toEqual({
    actors: ['A', 'B'],
    columns: new Map([['speed', Float64Array.of(2.5, Number.NaN)]]),
  });
  expect(await readRuleFeatures(connection, ['speed', 'other'])).toBeUndefined();
});
