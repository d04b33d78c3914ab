import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../core/api/router.ts';
import { writeLog } from './logs.ts';
import { clientOf, engineIn, jobEnded, readTable, refused, temporaryFolder, type TestClient } from './support.ts';

const folder = temporaryFolder();
const FAST = { detectors: ['isolationForest'] };
let engine: Engine;
let client: TestClient;
let actors: string[];
let directory: string;

beforeAll(async () => {
  engine = engineIn(folder);
  client = clientOf(engine);
  ({ directory } = await client.case.create({ name: 'Case' }));
  const grants = [engine.grant(writeLog(folder), 'file').id];
  await jobEnded(client, (await client.jobs.startImport({ grants, detect: FAST })).job);
  const { table } = await client.explore.queue({
    filter: {},
    sort: { by: 'rank', descending: false },
    offset: 0,
    limit: 100,
  });
  actors = (await readTable(table)).column('actor').map(String);
}, 60_000);

beforeEach(async () => {
  while ((await client.decisions.summary()).undo !== null) await client.decisions.undo();
});

afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const [at, journal] = [(i: number) => actors[i] ?? '', () => readFileSync(join(directory, 'journal.ndjson'), 'utf8')];

test('a decision shows in queue, actor, list and summary', async () => {
  expect(
    await client.decisions.set({ actors: [at(2)], verdict: 'abuse', kind: 'scraper', note: 'see <b>this</b>' }),
  ).toEqual({
    undo: `abuse: ${at(2)}`,
    redo: null,
    changed: 1,
  });
  const [listed] = await client.decisions.list();
  expect(listed).toMatchObject({ actor: at(2), verdict: 'abuse', kind: 'scraper', note: 'see <b>this</b>', rank: 3 });
  expect((await client.explore.actor({ actor: at(2) })).decision).toMatchObject({ verdict: 'abuse', kind: 'scraper' });
  const filter = { verdicts: ['abuse' as const] };
  const page = await client.explore.queue({ filter, sort: { by: 'rank', descending: false }, offset: 0, limit: 5 });
  const { column, rows } = await readTable(page.table);
  expect([rows, column('verdict'), column('kind'), column('hasNote')]).toEqual([1, ['abuse'], ['scraper'], [true]]);
  expect(await client.decisions.summary()).toMatchObject({ abuse: 1, benign: 0, unsure: 0, kinds: ['scraper'] });
});

test('nobody but actors of the run is decided about', async () => {
  const error = await refused(client.decisions.set({ actors: [at(0), 'bot@example.org'], verdict: 'abuse' }));
  expect(error).toMatchObject({ code: 'input' });
  expect(await client.decisions.list()).toEqual([]);
  expect(journal()).not.toContain('bot@example.org');
});

test('kind and note stay where they are not given, and go where they are null', async () => {
  await client.decisions.set({ actors: [at(0)], verdict: 'abuse', kind: 'spam', note: 'first' });
  await client.decisions.set({ actors: [at(0)], verdict: 'unsure' });
  expect((await client.decisions.list())[0]).toMatchObject({ verdict: 'unsure', kind: 'spam', note: 'first' });
  await client.decisions.set({ actors: [at(0)], verdict: 'unsure', kind: null });
  expect((await client.decisions.list())[0]).toMatchObject({ kind: null, note: 'first' });
  expect(await client.decisions.set({ actors: [at(0)], verdict: 'unsure' })).toMatchObject({ changed: 0 });
});

test('many at once are one step, and every step is journalled without the note', async () => {
  const before = journal().split('\n').length;
  const set = await client.decisions.set({ actors: actors.slice(0, 30), verdict: 'benign', note: 'a secret remark' });
  expect(set).toMatchObject({ changed: 30, undo: 'benign: 30 actors' });
  expect(await client.decisions.undo()).toMatchObject({ done: 'benign: 30 actors', redo: 'benign: 30 actors' });
  expect(await client.decisions.list()).toEqual([]);
  expect(await client.decisions.redo()).toMatchObject({ done: 'benign: 30 actors', redo: null });
  expect(await client.decisions.list()).toHaveLength(30);
  await client.decisions.set({ actors: actors.slice(0, 30), verdict: null });
  expect(await client.decisions.list()).toEqual([]);
  const entries = journal()
    .split('\n')
    .slice(before - 1);
  expect(entries.filter((line) => line.includes('"decisions.'))).toHaveLength(4);
  expect(entries[0]).toContain(at(17));
  expect(journal()).not.toContain('secret remark');
});

test('decisions and what can be undone outlive the engine and a new run', async () => {
  await client.decisions.set({ actors: [at(1)], verdict: 'abuse', note: 'kept' });
  await client.decisions.set({ actors: [at(4)], verdict: 'benign' });
  await engine.close();
  engine = engineIn(folder);
  client = clientOf(engine);
  await engine.resume(directory);
  await jobEnded(client, (await client.jobs.startDetect({ ...FAST, seed: 9 })).job);
  expect(await client.decisions.summary()).toMatchObject({ undo: `benign: ${at(4)}`, abuse: 1, benign: 1 });
  expect(await client.decisions.undo()).toMatchObject({ undo: `abuse: ${at(1)}`, redo: `benign: ${at(4)}` });
  expect(await client.decisions.list()).toMatchObject([{ actor: at(1), note: 'kept' }]);
  expect((await client.case.current())?.decisions).toBe(1);
});

test('exported decisions are inert in a spreadsheet and come back as they were', async () => {
  const note = '=HYPERLINK("http://x.test","a, b")\nsecond line';
  await client.decisions.set({ actors: [at(0)], verdict: 'abuse', kind: '+kind', note });
  await client.decisions.set({ actors: [at(1)], verdict: 'unsure' });
  const before = await client.decisions.list();
  const path = join(folder, 'decisions.csv');
  expect(await client.decisions.exportCsv({ to: engine.grant(path, 'save').id })).toEqual({ rows: 2, file: null });
  const text = readFileSync(path, 'utf8');
  expect(text.startsWith('actor,verdict,kind,note,decided_at\n')).toBe(true);
  expect(text).toContain(`'+kind,"'=HYPERLINK`);
  const returned = await client.decisions.exportCsv({});
  expect(await returned.file?.text()).toBe(text);
  expect(journal()).toContain('decisions.exported');

  await client.decisions.set({ actors: [at(0), at(1)], verdict: null });
  const grant = engine.grant(path, 'file').id;
  expect(await client.decisions.importCsv({ grant })).toMatchObject({ changed: 2, unchanged: 0, unmatched: 0 });
  expect(await client.decisions.list()).toEqual(before);
  expect(await client.decisions.importCsv({ grant })).toMatchObject({ changed: 0, unchanged: 2 });
  await client.decisions.undo();
  expect(await client.decisions.list()).toEqual([]);
});

test('labels name raw identifiers too, in words or digits; strangers are counted', async () => {
  const path = join(folder, 'labels.csv');
  writeFileSync(
    path,
    `user,label\nbot@example.org,1\nuser3@example.org,0\n${at(5)},unsure\nnobody@example.org,1\nuser3@example.org,\nbot@example.org,0\nbot@example.org,1\n`,
  );
  const grant = engine.grant(path, 'file').id;
  expect(await client.decisions.importCsv({ grant })).toMatchObject({
    changed: 3,
    unmatched: 1,
    skipped: 1,
    conflicting: 1,
    undo: 'import 3 decisions',
  });
  expect(await client.decisions.summary()).toMatchObject({ abuse: 1, benign: 1, unsure: 1 });
  expect(journal()).not.toContain('bot@example.org');
});

test.each([
  ['nothing,else\na,b\n', 'not clear which column'],
  ['actor,verdict\nX,perhaps\n', 'A label is not understood'],
])('a table that is not understood changes nothing: %j', async (text, message) => {
  const path = join(folder, 'wrong.csv');
  writeFileSync(path, text.replace('X', at(0)));
  const error = await refused(client.decisions.importCsv({ grant: engine.grant(path, 'file').id }));
  expect(error).toMatchObject({ code: 'input', message: expect.stringContaining(message) });
  expect(JSON.stringify(error)).not.toContain('perhaps');
  expect(await client.decisions.list()).toEqual([]);
});

test('decisions are made while a job runs, and the pages hear of it', async () => {
  const { job } = await client.jobs.startDetect({});
  expect(await client.decisions.set({ actors: [at(3)], verdict: 'abuse' })).toMatchObject({ changed: 1 });
  expect((await jobEnded(client, job)).state).toBe('done');
  expect(await client.decisions.summary()).toMatchObject({ abuse: 1 });
  for await (const state of await client.jobs.watch()) {
    expect(state.revisions.decisions).toBeGreaterThan(0);
    expect(state.isSaving).toBe(false);
    break;
  }
});
