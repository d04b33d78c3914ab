import { expect, onTestFinished, test } from 'vitest';

import { seededRandom } from '../../core/random/index.ts';
import { parseQuery } from '../../core/release/index.ts';
import type { ReleaseRows } from '../../core/release/schema.ts';
import { buildFeatures } from '../../core/features/index.ts';
import { appendColumns, createCase, ensureEventColumns, readColumns, type Case } from '../../core/store/index.ts';
import { keepBuiltFeatures, keepFeatureTable } from '../../core/store/explore/run-features.ts';
import { readReleaseColumns } from '../../core/store/release-columns.ts';
import { readReleaseRows, requireReleaseColumns } from '../../core/store/release-rows.ts';
import { casePlace, failure } from './support.ts';

const DAY_US = 86_400e6;

const emptyCase = async (): Promise<Case> => {
  const { directory, keyringPath } = casePlace();
  const opened = await createCase(directory, { keyringPath, threads: 2 });
  onTestFinished(() => opened.close());
  return opened;
};

const caseWith = async (columns: Readonly<Record<string, readonly (string | number | null)[]>>): Promise<Case> => {
  const opened = await emptyCase();
  const names = Object.keys(columns);
  await ensureEventColumns(opened.connection, names);
  const rows = columns[names[0] ?? '']?.length ?? 0;
  const isText = (values: readonly (string | number | null)[]): values is readonly (string | null)[] =>
    values.every((value) => typeof value !== 'number');
  await appendColumns(
    opened.connection,
    'events',
    rows,
    Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [
        name,
        isText(values)
          ? values
          : Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN)),
      ]),
    ),
  );
  return opened;
};

const LOG = {
  ts: [0, DAY_US, 2 * DAY_US, 0, 0, null],
  actor_id: ['Aa', 'Bb', 'Aa', null, 'Cc', 'Bb'],
  action: ['pay', 'pay', 'see', 'pay', null, 'see'],
  country: ['DE', "x' OR 1=1 --", 'FR', 'DE', 'DE', 'DE'],
  amount: [1.5, 20, null, 4, 5, -6],
} as const;

/** The rows as texts, in any order; actors by the place they first have in it. */
const shown = (rows: ReleaseRows): string[] =>
  Array.from(rows.actor, (_, i) =>
    [
      ...rows.keys.map((column) =>
        column instanceof Float64Array ? column[i] : (column.levels[column.codes[i] ?? -1] ?? null),
      ),
      rows.value?.[i],
    ].join(' '),
  ).sort();

const counts = { groupsPerActor: 1, rowsPerGroup: 1 };
const read = (opened: Case, json: unknown): Promise<ReleaseRows> =>
  readReleaseRows(opened.connection, parseQuery(json));

test('reads keys, times and values of rows that have an actor', async () => {
  const opened = await caseWith(LOG);
  const by = [
    { column: 'action', keys: 'unknown' },
    { column: 'ts', every: 'day', from: '1970-01-01', to: '1970-01-08' },
  ];
  const rows = await read(opened, { sum: 'amount', by, bounds: { ...counts, value: [0, 9], step: 1 } });
  expect(rows.actors).toBe(3);
  expect([...new Set(rows.actor)].sort()).toEqual([0, 1, 2]);
  expect(shown(rows)).toEqual([' 0 5', 'pay 0 1.5', `pay ${DAY_US} 20`, `see ${2 * DAY_US} NaN`, 'see NaN -6']);
  const two = (await read(opened, { count: 'events', bounds: { rowsPerGroup: 1 } })).actor;
  expect(two).toHaveLength(5);
});

test.each([
  [{ column: 'country', '=': 'DE' }, ['-6', '1.5', '5']],
  [{ column: 'country', in: ["x' OR 1=1 --", 'nowhere'] }, ['20']],
  [{ column: 'amount', between: [1.5, 20] }, ['1.5', '5']],
  [
    {
      and: [
        { column: 'amount', '>=': 5 },
        { column: 'action', '=': 'pay' },
      ],
    },
    ['20'],
  ],
  [
    {
      or: [
        { column: 'amount', '<': 0 },
        { column: 'amount', '>': 19 },
      ],
    },
    ['-6', '20'],
  ],
  [{ not: { column: 'amount', '<=': 5 } }, ['20', 'NaN']],
  [{ column: 'ts', '<': '1970-01-02T00:00:00Z' }, ['1.5', '5']],
])('filters by bound parameters: %j', async (where, expected) => {
  const opened = await caseWith(LOG);
  const query = { sum: 'amount', where, bounds: { rowsPerGroup: 1, value: [0, 9], step: 1 } };
  expect(shown(await read(opened, query))).toEqual(expected);
});

test('columns of identity, of others and of the input may neither be grouped by nor filtered on', async () => {
  const opened = await caseWith({ ...LOG, object_id: LOG.actor_id, ip: LOG.actor_id, device_id: LOG.actor_id });
  const refused = ['actor_id', 'object_id', 'event_id', 'ip', 'device_id', 'session_id', 'user_agent'];
  for (const column of refused) {
    const asKey = await failure(() =>
      read(opened, { count: 'actors', by: [{ column, keys: ['Aa'] }], bounds: { groupsPerActor: 1 } }),
    );
    const where = { column, '=': 'Aa' };
    const asFilter = await failure(() => read(opened, { count: 'actors', where }));
    expect([asKey.code, asKey.where, asFilter.code, asFilter.where]).toEqual(['usage', column, 'usage', column]);
    expect(asKey.message).toContain('may not leave');
  }
  for (const column of ['seq', 'text_signature', 'text_digest']) {
    const bounds = { rowsPerGroup: 1, value: [0, 9], step: 1 };
    expect((await failure(() => read(opened, { sum: column, bounds }))).message).toContain('may not leave');
  }
});

test('a column is open or not by what its imports made of it', async () => {
  const useOf = async (...encodes: readonly string[]): Promise<string | undefined> => {
    const opened = await emptyCase();
    for (const encode of encodes) {
      const policy = JSON.stringify({ ip: encode, country: '{"kind":"term","transform":{"to":"token"}}' });
      await opened.connection.run('INSERT INTO imports (import_id, batch_id, ordinal, policy) VALUES ($1, $1, 1, $2)', [
        encode.slice(-20),
        policy,
      ]);
    }
    const columns = await readReleaseColumns(opened.connection, 'events');
    expect(columns.find(({ name }) => name === 'country')?.use).toBe('identity');
    return columns.find(({ name }) => name === 'ip')?.use;
  };
  const term = (to: string): string => `{"kind":"term","transform":{"to":"${to}"}}`;
  expect(await useOf(term('network'))).toBe('open');
  expect(await useOf(term('prefix'))).toBe('identity');
  expect(await useOf(term('network'), term('token'))).toBe('identity');
});

test('faults of a query are told without reading a row', async () => {
  const opened = await caseWith(LOG);
  const by = [{ column: 'amount', keys: ['1'] }];
  const check = (json: unknown) => failure(() => requireReleaseColumns(opened.connection, parseQuery(json)));
  expect((await check({ count: 'actors', by, bounds: { groupsPerActor: 1 } })).message).toBe('The column is no text.');
  expect((await check({ sum: 'action', bounds: { rowsPerGroup: 1, value: [0, 1], step: 1 } })).where).toBe('action');
  expect((await check({ sum: 'nothing; --', bounds: { rowsPerGroup: 1, value: [0, 1], step: 1 } })).code).toBe('usage');
  expect((await check({ source: 'actors', count: 'actors' })).message).toContain('no table of actors');
});

/** A log in which everything that features look at is shared between actors. */
const sharedLog = (gone: string | undefined) => {
  const random = seededRandom(5);
  const people = ['Ann', 'Bob', 'Cid', 'Dan', 'Eve', 'Flo'];
  const pick = (of: readonly string[]): string => of[random.int(of.length)] ?? '';
  const rows = Array.from({ length: 900 }, (_, i) => ({
    seq: i,
    ts: Math.floor(i * 1.7e9) + random.int(40) * 1e6,
    actor_id: pick(people),
    action: pick(['pay', 'see', 'ask', 'go']),
    object_id: pick([...people, 'o1', 'o2', 'o3', 'o4']),
    ip: pick(['i1', 'i2', 'i3']),
    device_id: pick(['d1', 'd2', 'd3', 'd4']),
    country: pick(['DE', 'FR', 'PL']),
    outcome: pick(['success', 'failure']),
    amount: random.int(50),
    text_digest: random.int(20),
    m_size: random.float(),
    c_kind: pick(['k1', 'k2', 'k3', 'k4', 'k5']),
  })).filter(({ actor_id: actor }) => actor !== gone);
  const names = [
    'seq',
    'ts',
    'actor_id',
    'action',
    'object_id',
    'ip',
    'device_id',
    'country',
    'outcome',
    'amount',
    'text_digest',
    'm_size',
    'c_kind',
  ] as const;
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));
};

test('no open feature of an actor changes when another actor is taken out; closed ones do', async () => {
  const featuresOf = async (gone: string | undefined) => {
    const log = sharedLog(gone);
    const opened = await caseWith(log);
    await buildFeatures(opened.connection, { available: new Set(Object.keys(log)) });
    await keepBuiltFeatures(opened.connection);
    const columns = await readReleaseColumns(opened.connection, 'actors');
    const names = columns.map(({ sqlName }) => `"${sqlName}"`).join(', ');
    const read = await readColumns(
      opened.connection,
      `SELECT ${names} FROM run_features WHERE actor_id <> 'Eve' ORDER BY actor_id`,
    );
    return { columns, values: new Map(read.names.map((name, j) => [name, read.columns[j]?.join(' ')])) };
  };
  const whole = await featuresOf(undefined);
  const without = await featuresOf('Eve');
  const open = whole.columns.filter(({ use }) => use === 'open').map(({ name }) => name);
  expect(open.length).toBeGreaterThan(35);
  for (const name of open) expect([name, without.values.get(name)]).toEqual([name, whole.values.get(name)]);
  const closed = whole.columns.filter(({ use }) => use === 'of-others').map(({ name }) => name);
  const moved = closed.filter((name) => whole.values.get(name) !== without.values.get(name));
  expect(moved).toEqual(
    expect.arrayContaining(['ip_shared_mean', 'object_popularity', 'action_surprise', 'received_events']),
  );
}, 60_000);

test('a ready table: numbers are open under their own names, categories are not', async () => {
  const opened = await emptyCase();
  await keepFeatureTable(opened.connection, {
    actors: ['a', 'b'],
    events: Float64Array.of(1, 1),
    names: ['Spend', 'city'],
    columns: [Float64Array.of(3, 4), Float64Array.of(0, 1)],
  });
  const manifest = JSON.stringify({
    dictionary: [
      { name: 'Spend', unit: '' },
      { name: 'city', unit: 'level' },
    ],
  });
  await opened.connection.run("INSERT INTO runs VALUES ('r', 1, make_timestamp(0), 'detect', $1)", [manifest]);
  const bounds = { value: [0, 10], step: 1 };
  const rows = await read(opened, {
    source: 'actors',
    mean: 'Spend',
    by: [{ column: 'Spend', bins: [0, 3.5, 9] }],
    bounds,
  });
  expect(shown(rows)).toEqual(['3 3', '4 4']);
  const refused = await failure(() => read(opened, { source: 'actors', mean: 'city', bounds }));
  expect(refused.message).toContain('depends on what other actors did');
});
