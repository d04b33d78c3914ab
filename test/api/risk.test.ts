import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseActorColumns, quasiColumn } from '../../core/anonymize/risk/index.ts';
import { detectionCost, loadBefore } from '../../core/api/risk/detection-cost.ts';
import { riskReport } from '../../core/api/contract.ts';
import { labelsFor } from '../../core/api/risk/labels.ts';
import { assessCaseRisk } from '../../core/api/risk.ts';
import { createCase, detectEntities, detectFiles } from '../../core/index.ts';
import { createTemporaryCase, readColumns, textColumn, type Case } from '../../core/store/index.ts';
import { readRiskRows } from '../../core/store/risk-rows.ts';
import { risk } from '../../main/cli/commands/risk.ts';
import { runCommand } from '../main/support/run-command.ts';
import { clientOf, engineIn, jobEnded, refused, temporaryFolder, type TestClient } from './support.ts';

const folder = temporaryFolder();
const COUNTRIES = ['se', 'no', 'fi', 'dk'];
const FAST = ['isolationForest'];
const DAY_MS = 86_400_000;
let log: string;
let opened: Case;
const everything = (): readonly [ReadonlySet<string>, ReadonlySet<string>] => [
  new Set(['actor_id', 'ts', 'action', 'country', 'device_id', 'amount', 'ip']),
  new Set(['event_count']),
];

/** Sixty people with ten events each, in four countries, and one in a fifth with thirty. */
const writePeople = (): string => {
  const lines = Array.from({ length: 60 * 10 + 30 }, (_, i) => {
    const who = i < 600 ? i % 60 : 60;
    const country = who === 60 ? 'is' : (COUNTRIES[who % 4] ?? '');
    const at = new Date(Date.UTC(2025, 2, 3 + (i % 7)) + (8 + (who % 3)) * 3_600_000 + i * 7000);
    const device = `device-${who}-${i % (1 + (who % 2))}`;
    return [
      at.toISOString(),
      `person${who}@example.org`,
      i % 3 === 0 ? 'like' : 'view',
      `198.51.100.${who}`,
      device,
      country,
      (i % 13) * 5,
    ].join();
  });
  const path = join(folder, 'people.csv');
  writeFileSync(path, `time,user,action,ip,device,country,amount\n${lines.join('\n')}\n`);
  return path;
};

beforeAll(async () => {
  log = writePeople();
  opened = await createTemporaryCase();
  await detectFiles(opened, { inputs: [log], detectors: FAST, explained: 0 });
}, 60_000);

afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

test('labels whose first line is a row already are refused: it would be lost', async () => {
  const path = join(folder, 'no-header.csv');
  const isKnown = (actor: string): boolean => !actor.includes('@');
  const rows = Array.from({ length: 5 }, (_, i) => `person${i}@example.org,${i % 2}`);
  writeFileSync(path, `${rows.join('\n')}\n`);
  await expect(labelsFor(opened, path, isKnown)).rejects.toMatchObject({ code: 'input' });
  // The label is a word that columns are called by as well.
  writeFileSync(path, `person0@example.org,abuse\n${rows.slice(1).join('\n')}\n`);
  await expect(labelsFor(opened, path, isKnown)).rejects.toMatchObject({ where: 'labels, first line' });
  writeFileSync(path, `user,label\n${rows.join('\n')}\n`);
  expect((await labelsFor(opened, path, isKnown)).size).toBe(5);
});

test('the table of actors is what the log says of each', async () => {
  const [events, features] = everything();
  const names = [
    'country',
    'country:set',
    'device_id:count',
    'events',
    'hour',
    'first_day',
    'last_day',
    'active_days',
    'amount:sum',
    'event_count',
  ];
  const { actors, columns } = await readRiskRows(
    opened.connection,
    parseActorColumns(names, { events, features }, '--quasi'),
  );
  expect(actors).toHaveLength(61);
  const text = (c: number, row: number): unknown => {
    const column = columns[c];
    if (column === undefined || column.kind === 'number') return column?.values[row];
    const value = column.values[column.codes[row] ?? -1];
    return column.kind === 'text'
      ? value
      : (column.values[column.codes[row] ?? -1] ?? []).map((i) => column.elements[i]);
  };
  const first = Math.floor(Date.UTC(2025, 2, 3) / DAY_MS);
  for (let row = 0; row < 61; row++) {
    const country = row === 60 ? 'is' : (COUNTRIES[row % 4] ?? '');
    const own = Array.from({ length: 630 }, (_, i) => i).filter((i) => (i < 600 ? i % 60 : 60) === row);
    const days = new Set(own.map((i) => i % 7));
    expect(names.map((_, c) => text(c, row))).toEqual([
      country,
      [country],
      new Set(own.map((i) => i % (1 + (row % 2)))).size,
      own.length,
      text(4, row),
      first + Math.min(...days),
      first + Math.max(...days),
      days.size,
      own.reduce((sum, i) => sum + (i % 13) * 5, 0),
      own.length,
    ]);
    expect([8, 9, 10, 11]).toContain(text(4, row));
  }
});

test('risk of the case, with the cost of suggestions measured, and no value or actor in it', async () => {
  const report = await assessCaseRisk(opened, {
    quasi: ['country', 'events'],
    sensitive: ['action', 'amount'],
    k: 5,
    threshold: 0.1,
    measured: 2,
  });
  expect(report.kAnonymity).toMatchObject({
    smallest: 1,
    classes: 5,
    actors: 61,
    below: { k: 5, classes: 1, actors: 1 },
  });
  expect(report.attackers.prosecutor).toEqual({ atRisk: 1 / 61, highest: 1, average: 5 / 61 });
  expect(report.target).toBe(10);
  expect(report.sensitive.map(({ name, tCloseness }) => [name, tCloseness.distance])).toEqual([
    ['action', 'equal'],
    ['amount', 'ordered'],
  ]);
  const [best] = report.suggestions.best;
  expect(best).toMatchObject({ suppressed: 0, suppressionLimit: 0 });
  const measured = report.tradeOff.filter(({ detection }) => detection !== null);
  expect(measured).toHaveLength(2);
  for (const { detection } of measured) {
    expect(detection?.topOverlap.of).toBe(50);
    expect(detection?.rankCorrelation).toBeGreaterThan(0);
  }
  const listed = await readColumns(opened.connection, 'SELECT DISTINCT actor_id, ip FROM events');
  const said = JSON.stringify(report);
  for (const secret of [...textColumn(listed, 'actor_id'), ...textColumn(listed, 'ip'), '"se"', '"is"', 'like']) {
    expect(said).not.toContain(secret);
  }
  const entry = opened.journal.entries().at(-1);
  expect(JSON.stringify(entry)).toContain('risk.assessed');
});

test('a step by itself that is among the best suggestions is told, and measured, once', async () => {
  const request = { quasi: ['amount', 'country'], sensitive: [], k: 5, threshold: 0.1, measured: 0 };
  const { suggestions, tradeOff } = await assessCaseRisk(opened, request);
  const keyOf = ({ levels }: { readonly levels: readonly number[] }): string => levels.join();
  const best = suggestions.best.map(keyOf);
  expect(suggestions.oneStep.filter((policy) => best.includes(keyOf(policy)))).toHaveLength(1);
  const told = tradeOff.filter(({ policy }) => policy.changes.length > 0).map(({ policy }) => keyOf(policy));
  expect(told).toEqual([...new Set(told)]);
});

test('measuring leaves the case as it is', async () => {
  const count = async (): Promise<unknown> =>
    (
      await readColumns(
        opened.connection,
        `SELECT (SELECT count(*) FROM events WHERE country IS NOT NULL) AS n, (SELECT count(*) FROM runs) AS r,
          (SELECT count(*) FROM duckdb_tables() WHERE table_name = 'features' OR table_name LIKE 'risk_%') AS t`,
      )
    ).columns.map((column) => column[0]);
  expect(await count()).toEqual([630, 1, 0]);
});

test('a generalisation that changes nothing costs nothing; leaving columns out shows in the events', async () => {
  const [events, features] = everything();
  const specs = parseActorColumns(['country', 'hour', 'first_day', 'ip', 'amount'], { events, features }, '--quasi');
  const { actors, columns: read } = await readRiskRows(opened.connection, specs);
  const columns = specs.map(({ name }, i) => {
    const source = read[i];
    if (source === undefined) throw new Error(name);
    return quasiColumn(name, source);
  });
  const labelled = async (isAbuse: (i: number) => boolean) => {
    const before = await loadBefore(opened, true, new Map(actors.map((actor, i) => [actor, isAbuse(i) ? 1 : 0])), {});
    if (before === null) throw new Error('not ranked');
    return before;
  };
  const before = await labelled((i) => i % 5 === 0);
  const cost = (levels: readonly number[], k: number, from = before) =>
    detectionCost(opened, { actors, specs, columns, levels, k }, from, {});
  const none = await cost([0, 0, 0, 0, 0], 1);
  expect(none).toMatchObject({ topOverlap: { of: 50, share: 1 }, unseen: [] });
  expect(none.rankCorrelation).toBeCloseTo(1, 12);
  expect(none.rocAuc?.after).toBeTypeOf('number');
  expect(none.rocAuc?.after).toBe(none.rocAuc?.before);
  // Nine abusers are too few to say how well a ranking finds them.
  expect((await cost([0, 0, 0, 0, 0], 1, await labelled((i) => i < 9))).rocAuc).toBeNull();
  const last = columns.map(({ hierarchy }) => hierarchy.maps.length - 1);
  const all = await cost(last, 5);
  expect(all.rankCorrelation ?? 0).toBeLessThan(1);
  // Everybody suppressed: nothing that is known of a person is left in the events.
  const suppressed = await cost([0, 0, 0, 0, 0], 1000);
  expect(suppressed.rankCorrelation ?? 0).toBeLessThan(1);
}, 60_000);

test.each([
  ['nothing', [], [], 'Name 1 to 16 columns'],
  ['an unknown column', ['shoe_size'], [], 'Choose from events'],
  ['an identifier of a row', ['event_id'], [], 'Choose from events'],
  ['a sum of texts', ['country:sum'], [], 'country:mode, country:set, country:count'],
  ['a column twice', ['country', 'country'], [], 'Name each column once.'],
  ['a column twice in other words', ['country', 'country:mode'], [], 'Name each column once.'],
  ['more than one way at once', ['country:mode:set'], [], 'Choose from'],
  ['a column on both sides', ['country'], ['country'], 'one of the two'],
  ['a column on both sides in other words', ['country'], ['country:mode'], 'one of the two'],
])('%s is refused with a way out', async (_, quasi, sensitive, next) => {
  const error = await refused(assessCaseRisk(opened, { quasi, sensitive }));
  expect(error).toMatchObject({ code: 'usage', next: expect.stringContaining(next) });
});

test('a table that was read ready-made', async () => {
  const path = join(folder, 'entities.csv');
  const rows = Array.from({ length: 90 }, (_, i) => `e${i},${i % 3},${(i * 37) % 50},${i === 7 ? 900 : (i * 11) % 40}`);
  writeFileSync(path, `id,a,b,c\n${rows.join('\n')}\n`);
  const into = await createTemporaryCase();
  try {
    await detectEntities(path, { id: 'id', detectors: FAST, into });
    const report = await assessCaseRisk(into, { quasi: ['a', 'b'], k: 3, measured: 1 });
    // 90 rows over 3 × 50 residues: i and j agree when they differ by 150.
    expect(report.kAnonymity).toMatchObject({ actors: 90, classes: 90, smallest: 1 });
    expect(report.tradeOff.filter(({ detection }) => detection !== null)).toHaveLength(1);
  } finally {
    await into.close();
  }
}, 60_000);

test('over the boundary', async () => {
  const engine = engineIn(folder);
  const client: TestClient = clientOf(engine);
  const { directory } = await client.case.create({ name: 'Risk' });
  expect(await refused(client.risk.columns())).toMatchObject({ code: 'input' });
  const grants = [engine.grant(log, 'file').id];
  await jobEnded(client, (await client.jobs.startImport({ grants, detect: { detectors: FAST } })).job);
  expect((await client.risk.columns()).events).toEqual(expect.arrayContaining(['events', 'hour', 'country']));
  expect(await client.risk.lastAssessed()).toBeNull();
  const asked = { quasi: ['country', 'events'], measured: 0, samplingFraction: 0.5 };
  const { job } = await client.risk.assess(asked);
  const ended = await jobEnded(client, job);
  expect(ended).toMatchObject({ kind: 'risk', state: 'done', error: null });
  expect(ended.summary).toBe('Assessed 61 actors in 5 groups that look the same; the smallest has 1.');
  expect(ended.stages.map(({ stage }) => stage)).toEqual(['Read actors', 'Assess the risk', 'Find suggestions']);
  const last = await client.risk.lastAssessed();
  expect(last?.job).toBe(job);
  expect(last?.report.attackers.samplingFraction).toBe(0.5);
  expect(last?.report.tradeOff.every(({ detection }) => detection === null)).toBe(true);

  // Cancelled while it ranks anew: the report of the one before stays.
  const { job: another } = await client.risk.assess({ ...asked, measured: 50 });
  expect(await refused(client.risk.assess(asked))).toMatchObject({ message: 'A job is under way.' });
  for await (const { jobs } of await client.jobs.watch()) {
    const stages = jobs.find(({ id }) => id === another)?.stages ?? [];
    if (stages.some(({ stage }) => stage === 'Rank anew')) break;
  }
  await client.jobs.cancel({ job: another });
  expect(await jobEnded(client, another)).toMatchObject({
    state: 'cancelled',
    summary: expect.stringMatching(/^Cancelled\. Nothing was found out/u),
  });
  expect((await client.risk.lastAssessed())?.job).toBe(job);
  const failed = await jobEnded(client, (await client.risk.assess({ quasi: ['nothing_like_it'] })).job);
  expect(failed).toMatchObject({
    state: 'failed',
    error: { code: 'usage' },
    summary: expect.stringMatching(/^Nothing was/u),
  });

  // What was found of one case is not shown in another.
  await client.case.create({ name: 'Another' });
  expect(await client.risk.lastAssessed()).toBeNull();
  await engine.close();
  expect(readFileSync(join(directory, 'journal.ndjson'), 'utf8')).toContain('risk.assessed');
}, 60_000);

test('from the command line, as a table and as JSON', async () => {
  const directory = join(folder, 'command');
  const made = await createCase(directory, { sealing: 'none' });
  await detectFiles(made, { inputs: [log], detectors: FAST, explained: 0 });
  await made.close();
  const at = ['--case', directory, '--quasi', 'country,events', '--sensitive', 'action', '--threads', '1'];
  const run = (...more: string[]) => runCommand(risk, [...at, ...more]);
  expect(await run('--threshold', '9')).toMatchObject({ code: 2, out: '' });
  expect(await run('--k', '1')).toMatchObject({ code: 2, out: '' });
  const table = await run('--measure', '1');
  expect(table.code).toBe(0);
  expect(table.out).toContain('61 actors in 5 classes of equal country, events');
  expect(table.out).toContain('smallest class 1: the table is 1-anonymous; 1 actors (1.6 %) in 1 classes below 5');
  expect(table.out).toContain('first 50 kept');
  const json = await run('--format', 'json', '--measure', '0', '--k', '2');
  expect(json.code).toBe(0);
  expect(riskReport.parse(JSON.parse(json.out)).kAnonymity.below).toEqual({ k: 2, classes: 1, actors: 1 });
}, 60_000);
