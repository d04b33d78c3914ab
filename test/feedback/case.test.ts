import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createCase,
  detectFiles,
  evaluateCase,
  labelCase,
  openCase,
  rerankCase,
  undoLabels,
  undoRerank,
  verifyJournal,
  type Case,
} from '../../core/index.ts';
import { loadLatestRun, readDecisions } from '../../core/store/index.ts';
import { logRows, writeLog } from '../api/logs.ts';
import { ABUSIVE, HARMLESS, PEOPLE, rankPeople, writeLabels, writePeople } from './table.ts';

let folder: string;
let directory: string;
let keyringPath: string;
let opened: Case;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nightjar-feedback-'));
  directory = join(folder, 'case');
  keyringPath = join(folder, 'keyring');
  opened = await createCase(directory, { keyringPath, threads: 1 });
  await rankPeople(opened, writePeople(folder));
});

afterEach(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

const journal = (): string => readFileSync(opened.paths.journal, 'utf8');
const label = (...labels: readonly (readonly [string, string])[]) => labelCase(opened, writeLabels(folder, labels));
const someLabels = (): Promise<unknown> =>
  label(
    ...ABUSIVE.slice(0, 3).map((name) => [name, 'abuse'] as const),
    ...HARMLESS.slice(0, 3).map((name) => [name, 'benign'] as const),
  );

describe('labels of a file', () => {
  test('are stored under pseudonyms; strangers, gaps and contradictions are counted, and the last row counts', async () => {
    const report = await label(
      [ABUSIVE[0] ?? '', '0'],
      [ABUSIVE[0] ?? '', 'spam'],
      [HARMLESS[0] ?? '', 'benign'],
      [HARMLESS[1] ?? '', 'unsure'],
      ['nobody@example.org', '1'],
      ['', '1'],
    );
    expect(report).toEqual({
      rows: 6,
      skipped: 1,
      unknown: 1,
      conflicting: 1,
      changed: 3,
      unchanged: 0,
      verdicts: { abuse: 1, benign: 1, unsure: 1 },
    });
    const decisions = await readDecisions(opened.connection);
    const actors: readonly string[] = (await loadLatestRun(opened.connection, 'detect'))?.actors ?? [];
    expect([...decisions.keys()].every((actor) => actors.includes(actor))).toBe(true);
    expect([...decisions.values()].map(({ verdict }) => verdict).toSorted()).toEqual(['abuse', 'benign', 'unsure']);
    expect(await label([HARMLESS[0] ?? '', 'ham'])).toMatchObject({ changed: 0, unchanged: 1 });
  });

  test('leave counts and the hash of the file in the journal, and nobody’s name', async () => {
    await someLabels();
    expect(journal()).toContain('labels.read');
    expect(journal()).toMatch(/[0-9a-f]{64}/u);
    for (const name of PEOPLE) expect(journal()).not.toContain(name);
  });

  test('are taken back whole, the latest file first', async () => {
    await someLabels();
    await label([ABUSIVE[9] ?? '', '1'], [ABUSIVE[8] ?? '', '1']);
    expect(await undoLabels(opened)).toEqual({
      done: 'import 2 decisions',
      verdicts: { abuse: 3, benign: 3, unsure: 0 },
    });
    expect(await undoLabels(opened)).toMatchObject({ verdicts: { abuse: 0, benign: 0, unsure: 0 } });
    expect(await undoLabels(opened)).toBeNull();
  });

  test('come from an exported list of decisions as well', async () => {
    const [actor = ''] = (await loadLatestRun(opened.connection, 'detect'))?.actors ?? [];
    const path = join(folder, 'decisions.csv');
    writeFileSync(path, `actor,verdict,kind,note,decided_at\n${actor},unsure,bot,"'=1+1",2025-01-02T03:04:05.000Z\n`);
    await labelCase(opened, path);
    expect((await readDecisions(opened.connection)).get(actor)).toEqual({
      verdict: 'unsure',
      kind: 'bot',
      note: '=1+1',
      decidedAt: Date.UTC(2025, 0, 2, 3, 4, 5),
    });
  });

  test.each([
    ['a word nobody knows', `user,label\n${ABUSIVE[0]},purple\n${ABUSIVE[1]},1\n`, {}, /not understood/u],
    ['no column of that name', `user,label\n${ABUSIVE[0]},1\n`, { labelColumn: 'mark' }, /no column of that name/u],
    ['nothing that is a label', `a,b\n${ABUSIVE[0]},x\n`, {}, /not clear which column/u],
    [
      'a note that a case cannot keep',
      `user,label,note\n${ABUSIVE[0]},1,${'x'.repeat(4001)}\n`,
      {},
      /longer than 4000/u,
    ],
    ['a record that is cut off', `user,label\n${ABUSIVE[0]},1\n${ABUSIVE[1]}\n`, {}, /record cannot be read/u],
    [
      'a quote that swallows the rest',
      `user,label,note\n${ABUSIVE[0]},1,"so\n${ABUSIVE[1]},1,x\n`,
      {},
      /record cannot/u,
    ],
    [
      'JSON that is cut off',
      `[{"user":"${ABUSIVE[0]}","label":1},{"user":"${ABUSIVE[1]}`,
      {},
      /record cannot be read/u,
    ],
    ['JSON with a stranger in it', `[{"user":"${ABUSIVE[0]}","label":1}, 5]`, {}, /record cannot be read/u],
    [
      'a line that is no JSON',
      `{"user":"a","label":1}\n{"user":\n{"user":"b","label":1}`,
      {},
      /record cannot be read/u,
    ],
  ])('are refused, and nothing is stored: %s', async (_, text, columns, message) => {
    const path = join(folder, 'labels.csv');
    writeFileSync(path, text);
    const refused = labelCase(opened, path, columns);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ code: expect.stringMatching(/^(?:input|usage)$/u) });
    await expect(refused).rejects.not.toThrow(/example\.org|purple/u);
    expect((await readDecisions(opened.connection)).size).toBe(0);
  });
});

test.each([
  ['abuse', 'benign'],
  ['ham', 'spam'],
])('labels whose first line is a row already are refused: %s, %s', async (first, second) => {
  const actors = (await loadLatestRun(opened.connection, 'detect'))?.actors ?? [];
  const path = join(folder, 'labels.csv');
  writeFileSync(path, `${actors[0]},${first}\n${actors[1]},${second}\n${actors[2]},benign\n`);
  await expect(evaluateCase(opened, path)).rejects.toThrow('names no columns');
  await expect(labelCase(opened, path)).rejects.toThrow('names no columns');
  expect((await readDecisions(opened.connection)).size).toBe(0);
});

test('ids of 64 bits stay apart in JSON, in the log and in its labels', async () => {
  const log = join(folder, 'log.ndjson');
  const ids = Array.from({ length: 12 }, (_, i) => `900719925474099${i + 10}`);
  const line = (id: string, i: number): string =>
    `{"ts":${1_700_000_000 + 60 * i},"user":${id},"action":"a${i % 3}"}\n`;
  writeFileSync(log, Array.from({ length: 120 }, (_, i) => line(ids[i % 12] ?? '', i)).join(''));
  const place = await createCase(join(folder, 'log'), { keyringPath, threads: 1 });
  const { actors } = await detectFiles(place, { inputs: [log], detectors: ['isolationForest'] });
  expect(actors.map(({ events }) => events)).toEqual(ids.map(() => 10));
  const labels = join(folder, 'labels.json');
  writeFileSync(labels, `[${ids.map((id, i) => `{"user":${id},"label":${i % 2}}`).join(',')}]`);
  expect(await labelCase(place, labels)).toMatchObject({ rows: 12, unknown: 0, conflicting: 0, changed: 12 });
  await place.close();
});

test('a folder is no file of labels', async () => {
  await expect(evaluateCase(opened, folder)).rejects.toMatchObject({ code: 'input', message: 'This is a folder.' });
  await expect(labelCase(opened, folder)).rejects.toMatchObject({ code: 'input', message: 'This is a folder.' });
});

test('labels are read of every kind of JSON', async () => {
  const path = join(folder, 'labels.json');
  const [one, two] = ABUSIVE;
  for (const text of [
    `[{"user":"${one}","label":1},{"user":"${two}","label":0}]`,
    `[ {"user":"${one}","label":"1"} , {"user":"${two}","label":"abuse","note":""} ]\n`,
    `{"version":1,"labels":[{"user":"${one}","label":1},{"user":"${two}","label":1}],"by":["x"]}`,
    `{"user":"${one}","label":1}\n\n{"user":"${two}","label":0}\n`,
  ]) {
    writeFileSync(path, text);
    expect(await labelCase(opened, path), text).toMatchObject({ rows: 2, skipped: 0, unknown: 0 });
  }
});

describe('a re-ranking', () => {
  test('lifts those who are like the abusive ones, says why, and marks who was labelled', async () => {
    await someLabels();
    const { run, actors } = await rerankCase(opened);
    expect(run.labels).toEqual({ abuse: 3, benign: 3, unsure: 0, used: 6 });
    expect(actors.filter(({ verdict }) => verdict === 'abuse')).toHaveLength(3);
    const undecided = actors.filter(({ verdict }) => verdict === null).slice(0, 10);
    for (const actor of undecided) {
      expect(actor.rank).toBeLessThan(actor.rankBefore);
      expect(actor.why).toMatch(/^Resembles \S+, found abusive: \d+ % of random cuts do not part them\.$/u);
    }
    const scores = actors.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  test('is a run of its own: the ranking stays, and evaluation shows both by those it was not told about', async () => {
    const before = await loadLatestRun(opened.connection, 'detect');
    await someLabels();
    const { run } = await rerankCase(opened);
    expect(await loadLatestRun(opened.connection, 'detect')).toEqual(before);
    expect(await loadLatestRun(opened.connection)).toMatchObject({ kind: 'rerank', runId: run.id });
    expect(run.base).toBe(before?.runId);
    const truth = writeLabels(
      folder,
      PEOPLE.map((name) => [name, ABUSIVE.includes(name) ? '1' : '0'] as const),
    );
    const report = await evaluateCase(opened, truth);
    expect(report).toMatchObject({ n: 334, positives: 17, told: 6 });
    const { feedback, ensemble } = report.detectors;
    expect(feedback?.averagePrecision).toBeGreaterThan(1.5 * (ensemble?.averagePrecision ?? 1));
    expect(await undoRerank(opened)).toBe(run.id);
    const after = await evaluateCase(opened, truth);
    expect(after).toMatchObject({ n: 340, told: 0 });
    expect(Object.keys(after.detectors)).not.toContain('feedback');
    expect(await undoRerank(opened)).toBeNull();
  });

  test('is judged by those it was not told about, whatever was decided since', async () => {
    await someLabels();
    await rerankCase(opened);
    const truth = writeLabels(
      folder,
      PEOPLE.map((name) => [name, ABUSIVE.includes(name) ? '1' : '0'] as const),
    );
    const before = await evaluateCase(opened, truth);
    await undoLabels(opened);
    expect(await evaluateCase(opened, truth)).toEqual(before);
    await labelCase(opened, truth);
    expect(await evaluateCase(opened, truth)).toEqual(before);
  });

  test('is the same for the same verdicts, in whatever order they came', async () => {
    await label([ABUSIVE[0] ?? '', '1'], [HARMLESS[0] ?? '', '0']);
    const once = await rerankCase(opened);
    await undoLabels(opened);
    await label([HARMLESS[0] ?? '', '0']);
    await label([ABUSIVE[0] ?? '', '1']);
    expect((await rerankCase(opened)).actors).toEqual(once.actors);
  });

  test('does not outlive the ranking it starts from', async () => {
    await someLabels();
    await rerankCase(opened);
    await rankPeople(opened, writePeople(folder));
    const truth = writeLabels(folder, [
      [ABUSIVE[5] ?? '', '1'],
      [PEOPLE[0] ?? '', '0'],
    ]);
    expect(Object.keys((await evaluateCase(opened, truth)).detectors)).not.toContain('feedback');
  });

  test('leaves actors with too few events behind all others, whatever was said of them', async () => {
    const place = await createCase(join(folder, 'log'), { keyringPath, threads: 1 });
    const [first] = logRows();
    const rare = ['x', 'y'].map((user) => ({ at: first?.at ?? 0, user, action: 'view', ip: '192.0.2.1' }));
    const log = writeLog(folder, 'log.csv', [...rare, ...logRows()]);
    await detectFiles(place, { inputs: [log], detectors: ['isolationForest'] });
    await labelCase(
      place,
      writeLabels(folder, [
        ['x', '1'],
        ['bot@example.org', '0'],
      ]),
    );
    const { actors } = await rerankCase(place);
    expect(actors.slice(-2).map(({ evidence }) => evidence)).toEqual(['insufficient', 'insufficient']);
    expect(actors.slice(-2).map(({ verdict }) => verdict)).toContain('abuse');
    expect(actors.slice(0, -2).every(({ evidence }) => evidence === 'ok')).toBe(true);
    expect(actors.find(({ rankBefore }) => rankBefore === 1)?.rank).toBeGreaterThan(1);
    await place.close();
  });

  test('needs a ranking and a verdict, and says so', async () => {
    await expect(rerankCase(opened)).rejects.toThrow('Nobody in the ranking has been called abusive or benign yet.');
    await label([ABUSIVE[0] ?? '', 'unsure']);
    await expect(rerankCase(opened)).rejects.toMatchObject({ code: 'input' });
    const empty = await createCase(join(folder, 'empty'), { keyringPath, threads: 1 });
    await expect(rerankCase(empty)).rejects.toThrow('The case has not been ranked yet.');
    await expect(labelCase(empty, writeLabels(folder, [['a', '1']]))).rejects.toThrow('has not been ranked');
    await empty.close();
  });

  test('by verdicts of one kind says what that means', async () => {
    await label([HARMLESS[0] ?? '', '0']);
    expect((await rerankCase(opened)).run.warnings).toEqual([
      'Nobody was called abusive yet: the labels only say where not to look.',
    ]);
  });

  test('stops when it is cancelled, and leaves nothing', async () => {
    await someLabels();
    const cancel = new AbortController();
    cancel.abort();
    await expect(rerankCase(opened, { signal: cancel.signal })).rejects.toMatchObject({ code: 'cancelled' });
    expect(await loadLatestRun(opened.connection, 'rerank')).toBeUndefined();
  });

  test('whose process is killed before it counts is not there, and the case is whole', async () => {
    await someLabels();
    await opened.close();
    const script = join(import.meta.dirname, 'rerank-and-die.ts');
    const died = spawnSync(process.execPath, ['--import', 'tsx', script, directory, keyringPath]);
    expect(died.signal).toBe('SIGKILL');
    opened = await openCase(directory, { keyringPath, threads: 1 });
    expect(await loadLatestRun(opened.connection, 'rerank')).toBeUndefined();
    expect((await rerankCase(opened)).run.labels.used).toBe(6);
    expect(verifyJournal(directory).ok).toBe(true);
  });
});
