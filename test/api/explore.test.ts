import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunInfo } from '../../core/api/contract.ts';
import type { Engine } from '../../core/api/router.ts';
import { detectEntities, detectFiles, openCase, type DetectResult } from '../../core/index.ts';
import { numberColumn, readColumns, textColumn, type Case } from '../../core/store/index.ts';
import { logRows, START_MS, writeLog } from './logs.ts';
import { clientOf, engineIn, readTable, refused, temporaryFolder, type TestClient } from './support.ts';

const BY_RANK = { by: 'rank', descending: false };
const DAY_MS = 86_400_000;
const folder = temporaryFolder();
let engine: Engine;
let client: TestClient;
let run: RunInfo;
let result: DetectResult;
/** Actors in the order of the run, with what SQL says of each. */
let facts: Map<string, { first: number; last: number; events: number }>;

const factsOf = async (opened: Case): Promise<typeof facts> => {
  const read = await readColumns(
    opened.connection,
    'SELECT actor_id, epoch_ms(min(ts)) AS low, epoch_ms(max(ts)) AS high, count(*) AS n FROM events GROUP BY 1',
  );
  const [low, high, n] = ['low', 'high', 'n'].map((name) => numberColumn(read, name));
  return new Map(
    textColumn(read, 'actor_id').map((actor, i) => [
      actor ?? '',
      { first: low?.[i] ?? 0, last: high?.[i] ?? 0, events: n?.[i] ?? 0 },
    ]),
  );
};

beforeAll(async () => {
  const rows = [...logRows(), { at: START_MS, user: 'seldom@example.org', action: 'view', ip: '192.0.2.250' }];
  mkdirSync(join(folder, 'cases'));
  const made = await openCase(join(folder, 'cases', 'Case'), {
    keyringPath: join(folder, 'keyring'),
    create: 'if-missing',
  });
  // Only five actors get reasons in the run itself.
  const request = { inputs: [writeLog(folder, 'log.csv', rows)], threads: 1, explained: 5 };
  await detectFiles(made, request);
  facts = await factsOf(made);
  await made.close();
  engine = engineIn(folder);
  client = clientOf(engine);
  await engine.resume(made.directory);
  run = await ranked();
  const other = await openCase(join(folder, 'cases', 'Other'), {
    keyringPath: join(folder, 'keyring'),
    create: 'if-missing',
  });
  result = await detectFiles(other, { ...request, explained: 1000 });
  await other.close();
}, 120_000);

afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const ranked = async (): Promise<RunInfo> => {
  const found = await client.explore.run();
  if (found === null) throw new Error('There is no run.');
  return found;
};
const queue = async (filter: Parameters<TestClient['explore']['queue']>[0]['filter'], sort = BY_RANK, offset = 0) => {
  const page = await client.explore.queue({ filter, sort, offset, limit: 1000 });
  return { ...page, ...(await readTable(page.table)) };
};
const actorsOf = async (filter: Parameters<typeof queue>[0], sort = BY_RANK): Promise<string[]> =>
  (await queue(filter, sort)).column('actor').map(String);

test('the run says how it was made', () => {
  expect(run).toMatchObject({
    seed: 1,
    minEvents: 3,
    actors: 42,
    ranked: 41,
    detectors: result.run.detectors,
  });
  expect(run.detectors).toContain('isolationForest');
  expect(run.inputs).toMatchObject([{ rows: 1301, stored: 1301, quarantined: 0 }]);
  expect(run.actions.map(({ action }) => action).sort()).toEqual(['download', 'like', 'search', 'view']);
  expect(run.actions[0]?.events).toBe(Math.max(...run.actions.map(({ events }) => events)));
  expect(run.actions.reduce((sum, { events }) => sum + events, 0)).toBe(1301);
  const last = Math.max(...logRows().map(({ at }) => at));
  expect(run.span).toEqual({ from: START_MS, to: last });
  const night = run.features.find(({ name }) => name === 'peak_hour_events');
  expect(night).toMatchObject({ label: 'events in the busiest hour', unit: 'events' });
  for (const feature of run.features) expect(feature.label).not.toContain('_');
});

describe('the queue', () => {
  test('has a row for everybody, as the run ranked them and as SQL counts them', async () => {
    const { total, of, rows, column } = await queue({});
    expect([total, of, rows]).toEqual([42, 42, 42]);
    const actors = column('actor').map(String);
    expect(column('rank')).toEqual(actors.map((_, i) => i + 1));
    expect(column('events')).toEqual(actors.map((actor) => facts.get(actor)?.events));
    expect(column('firstSeen')).toEqual(actors.map((actor) => facts.get(actor)?.first));
    expect(column('lastSeen')).toEqual(actors.map((actor) => facts.get(actor)?.last));
    expect(column('evidence')).toEqual([...Array.from({ length: 41 }, () => 'ok'), 'insufficient']);
    expect(column('pValue').at(-1)).toBeNull();
    expect(column('score')).toEqual(result.actors.map(({ score }) => score));
    expect(column('verdict').every((verdict) => verdict === null)).toBe(true);
    const sparks = column('spark').map((spark) => Array.from(spark as Uint16Array).reduce((sum, n) => sum + n, 0));
    expect(sparks).toEqual(column('events'));
    expect(Number(column('detector:isolationForest')[0])).toBeGreaterThan(90);
  });

  test('shows the top three reasons of whom the run explained', async () => {
    const { column } = await queue({});
    const chips: unknown[] = column('reasons').map((json) => JSON.parse(String(json)));
    expect(chips[0]).toHaveLength(3);
    expect(chips[0]).toMatchObject([{ feature: result.actors[0]?.reasons[0]?.feature, high: true }, {}, {}]);
    expect(chips[20]).toEqual([]);
  });

  test('is paged', async () => {
    const all = await actorsOf({});
    const { table, total } = await client.explore.queue({ filter: {}, sort: BY_RANK, offset: 10, limit: 5 });
    expect((await readTable(table)).column('actor')).toEqual(all.slice(10, 15));
    expect(total).toBe(42);
    const beyond = await client.explore.queue({ filter: {}, sort: BY_RANK, offset: 100, limit: 5 });
    expect((await readTable(beyond.table)).rows).toBe(0);
  });

  test('is sorted by what is asked, and refuses anything else', async () => {
    const byEvents = (await queue({}, { by: 'events', descending: true })).column('events').map(Number);
    expect(byEvents).toEqual([...byEvents].sort((a, b) => b - a));
    expect(byEvents[0]).toBe(300);
    const byLast = (await queue({}, { by: 'lastSeen', descending: false })).column('lastSeen').map(Number);
    expect(byLast).toEqual([...byLast].sort((a, b) => a - b));
    expect((await actorsOf({}, { by: 'rank', descending: true }))[0]).toBe((await actorsOf({})).at(-1));
    for (const descending of [true, false]) {
      const byDetector = await actorsOf({}, { by: 'isolationForest', descending });
      expect(byDetector).toHaveLength(42);
      expect(byDetector.at(-1)).toBe((await actorsOf({ evidence: 'insufficient' }))[0]); // no score of one event counts
    }
    expect(await refused(queue({}, { by: 'nonsense', descending: true }))).toMatchObject({ code: 'usage' });
  });

  test('is narrowed by every part of a filter, as SQL would', async () => {
    const from = START_MS + 4 * DAY_MS;
    const to = START_MS + 5 * DAY_MS;
    const everybody = await actorsOf({});
    const before = logRows().filter(({ at }) => at >= from && at < to);
    expect((await actorsOf({ from, to })).length).toBe(new Set(before.map(({ user }) => user)).size);
    const exact = [...facts].find(([, { events }]) => events === 1);
    expect(await actorsOf({ from: START_MS, to: START_MS + 1 })).toContain(exact?.[0]);
    expect(await actorsOf({ from: START_MS + 1, to: START_MS + 2 })).not.toContain(exact?.[0]);
    expect(await actorsOf({ from: START_MS - 1000, to: START_MS })).toEqual([]);
    expect(await actorsOf({ evidence: 'insufficient' })).toEqual(everybody.slice(41));
    expect(await actorsOf({ actions: ['download'] })).toHaveLength(1);
    expect(await actorsOf({ actions: ['nothing'] })).toEqual([]);
    const { column } = await queue({});
    const limit = Number(column('score')[9]);
    expect(await actorsOf({ scoreFrom: limit, evidence: 'ok' })).toEqual(everybody.slice(0, 10));
    expect(await actorsOf({ scoreTo: limit, scoreFrom: limit })).toEqual(everybody.slice(9, 10));
    const part = everybody[3]?.slice(2, 8).toUpperCase() ?? '';
    expect(await actorsOf({ search: part })).toContain(everybody[3]);
    const feature = result.actors[0]?.reasons[0]?.feature ?? '';
    expect(await actorsOf({ reasons: [feature] })).toContain(everybody[0]);
    expect(await actorsOf({ reasons: ['nothing'] })).toEqual([]);
  });

  test('finds an actor under filter and sort', async () => {
    const everybody = await actorsOf({});
    const actor = everybody[7] ?? '';
    expect(await client.explore.locate({ actor, filter: {}, sort: BY_RANK })).toEqual({ index: 7 });
    expect(await client.explore.locate({ actor, filter: {}, sort: { by: 'rank', descending: true } })).toEqual({
      index: 34,
    });
    expect(await client.explore.locate({ actor, filter: { actions: ['download'] }, sort: BY_RANK })).toEqual({
      index: null,
    });
    expect(await client.explore.locate({ actor: 'nobody', filter: {}, sort: BY_RANK })).toEqual({ index: null });
  });
});

describe('time', () => {
  test('everybody’s events and those of the filter lie in their bins', async () => {
    const range = { from: START_MS, to: START_MS + 10 * DAY_MS, bins: 10 };
    const days = (rows: readonly { at: number }[]): number[] =>
      Array.from(
        { length: 10 },
        (_, day) => rows.filter(({ at }) => Math.floor((at - START_MS) / DAY_MS) === day).length,
      );
    const rows = [...logRows(), { at: START_MS }];
    const { all, filtered } = await client.explore.timeline({ filter: { actions: ['download'] }, ...range });
    expect(all).toEqual(days(rows));
    expect(filtered).toEqual(days(logRows().filter(({ user }) => user === 'bot@example.org')));
  });

  test('lanes come in the order asked for, strangers empty', async () => {
    const actors = [...(await actorsOf({})).slice(0, 3), 'nobody'];
    const { table } = await client.explore.lanes({ actors, from: START_MS, to: START_MS + 10 * DAY_MS, bins: 20 });
    const { column } = await readTable(table);
    expect(column('actor')).toEqual(actors);
    const sums = column('counts').map((lane) => Array.from(lane as Uint32Array).reduce((sum, n) => sum + n, 0));
    expect(sums).toEqual([...actors.slice(0, 3).map((actor) => facts.get(actor)?.events), 0]);
  });

  test('an actor’s events are told by action, over what the peers do', async () => {
    const [bot = ''] = await actorsOf({ actions: ['download'] });
    const range = { from: START_MS + 4 * DAY_MS, to: START_MS + 5 * DAY_MS, bins: 24 };
    const { actions, peers } = await client.explore.actorTimeline({ actor: bot, ...range });
    expect(actions).toEqual([{ action: 'download', counts: [300, ...Array.from({ length: 23 }, () => 0)] }]);
    expect([peers.median[0], peers.p90[0]]).toEqual([300, 300]); // alone in that hour
    expect(Math.max(...peers.median)).toBe(300);
    expect(peers.median.at(-1)).toBe(0);
  });

  test('an actor’s events come oldest first, in pages, by action and time', async () => {
    const [bot = ''] = await actorsOf({ actions: ['download'] });
    const page = await client.explore.actorEvents({ actor: bot, offset: 290, limit: 100 });
    expect(page.total).toBe(300);
    const { rows, column } = await readTable(page.table);
    expect(rows).toBe(10);
    expect(column('ts')).toEqual(Array.from({ length: 10 }, (_, i) => START_MS + 4 * DAY_MS + (290 + i) * 1000));
    expect(page.columns).toEqual(['ts', 'action', 'ip', 'dataset']);
    const some = { from: START_MS + 4 * DAY_MS + 1000, to: START_MS + 4 * DAY_MS + 3000 };
    expect((await client.explore.actorEvents({ actor: bot, ...some, offset: 0, limit: 10 })).total).toBe(2);
    expect((await client.explore.actorEvents({ actor: bot, actions: ['view'], offset: 0, limit: 10 })).total).toBe(0);
  });
});

describe('scores', () => {
  test('a histogram counts everybody the filter leaves, once, whatever its score bounds', async () => {
    const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
    const filter = { evidence: 'ok' as const, scoreFrom: 1 };
    const { edges, none, abuse } = await client.explore.histogram({ filter, detector: 'ensemble', bins: 10 });
    expect([edges.length, sum(none), sum(abuse)]).toEqual([11, 41, 0]);
    expect([edges[0], edges.at(-1)]).toEqual([run.scores.low, run.scores.high]);
    expect(await refused(client.explore.histogram({ filter, detector: 'nobody', bins: 3 }))).toMatchObject({
      code: 'usage',
    });
  });

  test('operating points count decisions from the top, with a Wilson interval', async () => {
    const everybody = await actorsOf({});
    await client.decisions.set({ actors: everybody.slice(0, 8), verdict: 'abuse' });
    await client.decisions.set({ actors: everybody.slice(8, 10), verdict: 'benign' });
    const points = await client.explore.operatingPoints({ filter: {} });
    expect(points.map(({ queue: size }) => size)).toEqual([10, 20, 41]);
    expect(points[0]).toMatchObject({ abuse: 8, benign: 2, share: 10 / 41, falseDiscoveryRate: null });
    // statsmodels 0.14: proportion_confint(8, 10, method='wilson')
    expect(points[0]?.precision?.low).toBeCloseTo(0.490162, 5);
    expect(points[0]?.precision?.high).toBeCloseTo(0.943318, 5);
    expect(await actorsOf({ verdicts: ['benign'] })).toEqual(everybody.slice(8, 10));
    expect(await actorsOf({ verdicts: ['none'] })).toHaveLength(32);
    await client.decisions.undo();
    await client.decisions.undo();
    expect((await client.explore.operatingPoints({ filter: {} }))[0]?.precision).toBeNull();
  });
});

describe('an actor', () => {
  test('is told with detectors, reasons, actions and origins', async () => {
    const [bot = ''] = await actorsOf({ actions: ['download'] });
    const detail = await client.explore.actor({ actor: bot });
    expect(detail).toMatchObject({ rank: 1, evidence: 'ok', events: 300, decision: null });
    expect(detail.actions).toEqual([{ action: 'download', events: 300 }]);
    expect(detail.origins.map(({ column, distinct }) => [column, distinct])).toEqual([['ip', 60]]);
    expect(detail.origins[0]?.top[0]).toMatchObject({ events: 5, actors: 1 });
    expect(detail.detectors.map(({ name }) => name)).toEqual(run.detectors);
    expect(detail.reasons[0]?.shownValue).not.toBe('');
  });

  test('beyond those the run explained has the very reasons a longer run would have given', async () => {
    const everybody = await actorsOf({});
    for (const place of [0, 5, 20, 40, 41]) {
      const { reasons, story } = await client.explore.actor({ actor: everybody[place] ?? '' });
      const longer = result.actors[place];
      const expected = longer?.reasons ?? [];
      expect(story?.summary).toBe(longer?.summary);
      expect(story?.smallestChange?.sentence).toBe(longer?.smallestChange);
      expect(reasons.map(({ feature, sentence, percentile }) => ({ feature, sentence, percentile }))).toEqual(
        expected.map(({ feature, sentence, percentile }) => ({ feature, sentence, percentile })),
      );
      reasons.forEach(({ contribution }, i) => {
        expect(contribution).toBeCloseTo(expected[i]?.contribution ?? Number.NaN, 6);
      });
      expect(reasons.length).toBeGreaterThan(0);
    }
  });

  test('that the run does not know is refused', async () => {
    expect(await refused(client.explore.actor({ actor: 'nobody' }))).toMatchObject({ code: 'input', defined: true });
  });
});

describe('the exported queue', () => {
  const lines = async (file: Blob | null): Promise<string[]> => ((await file?.text()) ?? '').split('\n');

  test('is what filter and sort leave, in that order, and is journalled', async () => {
    const sort = { by: 'events', descending: true };
    const filter = { evidence: 'ok' as const };
    const { rows, file } = await client.explore.exportCsv({ filter, sort });
    const text = await lines(file);
    expect(text[0]).toBe(
      'rank,actor,score,percentile,p_value,q_value,evidence,events,first_seen,last_seen,verdict,kind,reasons',
    );
    const { table, total } = await client.explore.queue({ filter, sort, offset: 0, limit: 1000 });
    const { column } = await readTable(table);
    expect(rows).toBe(total);
    expect(text.slice(1, -1).map((line) => line.split(',')[1])).toEqual(column('actor').map(String));
    const first = text[1]?.split(',') ?? [];
    const fact = facts.get(first[1] ?? '');
    expect(first.slice(7, 10)).toEqual([
      String(fact?.events),
      new Date(fact?.first ?? 0).toISOString(),
      new Date(fact?.last ?? 0).toISOString(),
    ]);
    const journal = readFileSync(join(folder, 'cases', 'Case', 'journal.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .at(-1);
    expect(JSON.parse(journal ?? '')).toMatchObject({ event: 'queue.exported', detail: { rows } });
  });

  test('so are the events of an actor: all that time and actions leave', async () => {
    const [bot = ''] = await actorsOf({ actions: ['download'] });
    const first = START_MS + 4 * DAY_MS;
    const { rows, file } = await client.explore.exportEventsCsv({ events: { actor: bot, actions: ['download'] } });
    const text = await lines(file);
    expect([rows, text.length, text[0]]).toEqual([300, 302, 'actor_id,ts,action,ip,dataset']);
    expect(text[1]?.split(',').slice(0, 3)).toEqual([bot, new Date(first).toISOString(), 'download']);
    const some = await client.explore.exportEventsCsv({ events: { actor: bot, from: first + 1000, to: first + 3000 } });
    expect([some.rows, (await lines(some.file)).length]).toEqual([2, 4]);
    await expect(client.explore.exportEventsCsv({ events: { actor: 'nobody' } })).rejects.toMatchObject({
      code: 'input',
    });
    const journal = readFileSync(join(folder, 'cases', 'Case', 'journal.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .at(-1);
    expect(JSON.parse(journal ?? '')).toMatchObject({ event: 'events.exported', detail: { actor: bot, rows: 2 } });
  });

  test('holds no formulas', async () => {
    const actor = result.actors[0]?.actor ?? '';
    const { table } = await client.explore.queue({ filter: {}, sort: BY_RANK, offset: 0, limit: 1 });
    const top = String((await readTable(table)).column('actor')[0]);
    expect(actor).not.toBe(top); // another key, another pseudonym
    await client.decisions.set({ actors: [top], verdict: 'abuse', kind: '=HYPERLINK("http://x")' });
    const { file } = await client.explore.exportCsv({ filter: { verdicts: ['abuse'] }, sort: BY_RANK });
    expect((await lines(file))[1]).toContain(`,abuse,"'=HYPERLINK(""http://x"")",`);
    await client.decisions.undo();
  });
});

test('a case of a ready table has a queue and no times', async () => {
  const own = temporaryFolder();
  const table = join(own, 'table.csv');
  const rows = Array.from({ length: 60 }, (_, i) => `e${i},${i === 7 ? 900 : i % 9},${(i * 7) % 11},${(i * 5) % 13}`);
  writeFileSync(table, `id,Position,position_x,speed\n${rows.join('\n')}\n`);
  const made = await openCase(join(own, 'cases', 'Table'), { keyringPath: join(own, 'keyring'), create: 'if-missing' });
  await detectEntities(table, { into: made, threads: 1, explained: 2 });
  await made.close();
  const second = engineIn(own);
  await second.resume(made.directory);
  const page = clientOf(second);
  expect(await page.case.current()).toMatchObject({ events: 0, actors: 60, span: null, isRanked: true });
  expect(await page.explore.run()).toMatchObject({ span: null, actors: 60, actions: [] });
  const { column } = await readTable(
    (await page.explore.queue({ filter: {}, sort: { by: 'lastSeen', descending: true }, offset: 0, limit: 100 })).table,
  );
  const actors = column('actor').map(String);
  expect(column('firstSeen')[0]).toBeNull();
  const range = { from: 0, to: 1000, bins: 4 };
  expect(await page.explore.timeline({ filter: {}, ...range })).toEqual({ all: [0, 0, 0, 0], filtered: [0, 0, 0, 0] });
  expect((await page.explore.queue({ filter: { from: 0 }, sort: BY_RANK, offset: 0, limit: 1 })).total).toBe(0);
  const actor = actors[40] ?? '';
  expect((await page.explore.actorEvents({ actor, offset: 0, limit: 10 })).total).toBe(0);
  expect((await page.explore.actorTimeline({ actor, ...range })).actions).toEqual([]);
  expect(await readTable((await page.explore.lanes({ actors: [actor], ...range })).table)).toMatchObject({ rows: 1 });
  const detail = await page.explore.actor({ actor });
  expect(detail).toMatchObject({ firstSeen: null, origins: [], actions: [] });
  expect(detail.reasons.length).toBeGreaterThan(0);
  await second.close();
  rmSync(own, { recursive: true, force: true });
});
