import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORPCError } from '@orpc/server';
import { describe, expect, test } from 'vitest';
import { detectFiles, openCase } from '../../core/index.ts';
import { writeLog } from './logs.ts';
import { clientOf, engineIn, jobEnded, refused, startEngine } from './support.ts';

const FAST = { detectors: ['isolationForest'] };

describe('a case', () => {
  test('is made, closed, found among the recents, opened again and forgotten', async () => {
    const { folder, engine, client } = startEngine();
    expect(await client.case.current()).toBeNull();
    const made = await client.case.create({ name: 'Spring' });
    expect(made).toMatchObject({
      name: 'Spring',
      files: 0,
      events: 0,
      span: null,
      isRanked: false,
      sealing: 'keyring',
    });
    expect(made.directory).toBe(join(folder, 'cases', 'Spring'));
    expect(await client.case.current()).toEqual(made);
    await client.case.close();
    expect(await client.case.current()).toBeNull();
    const [recent] = await client.case.recents();
    expect(recent).toMatchObject({ id: made.id, exists: true, needsPassphrase: false, isSample: false });
    expect(await client.case.open({ recent: made.id })).toEqual(made);
    await client.case.forget({ id: made.id });
    expect(await client.case.recents()).toEqual([]);
    expect(existsSync(made.directory)).toBe(true);
    expect(engine.isBusy()).toBe(false);
  });

  test.each(['a/b', '..', '.hidden', 'CON', 'nul.txt', 'x:y', 'ends.', 'tab\there'])(
    'cannot be called %j',
    async (name) => {
      const { client } = startEngine();
      expect(await refused(client.case.create({ name }))).toMatchObject({ code: 'usage', data: { where: 'name' } });
    },
  );

  test('is not made where one is, and the one open before stays open', async () => {
    const { client } = startEngine();
    await client.case.create({ name: 'One' });
    expect(await refused(client.case.create({ name: 'One' }))).toMatchObject({ code: 'usage' });
    expect((await client.case.current())?.name).toBe('One');
  });

  test('under a passphrase says so before it is opened, and a wrong one leaves the other open', async () => {
    const { client } = startEngine();
    const sealed = await client.case.create({ name: 'Sealed', passphrase: 'a long one' });
    await client.case.create({ name: 'Other' });
    const recents = await client.case.recents();
    expect(recents.map(({ name, needsPassphrase }) => [name, needsPassphrase])).toEqual([
      ['Other', false],
      ['Sealed', true],
    ]);
    expect(await refused(client.case.open({ recent: sealed.id, passphrase: 'wrong' }))).toMatchObject({
      code: 'vault',
    });
    expect((await client.case.current())?.name).toBe('Other');
    const opened = await client.case.open({ recent: sealed.id, passphrase: 'a long one' });
    expect(opened).toMatchObject({ name: 'Sealed', sealing: 'passphrase' });
  });

  test('without a vault, in a folder that was granted', async () => {
    const { folder, engine, client } = startEngine();
    mkdirSync(join(folder, 'elsewhere'));
    const into = engine.grant(join(folder, 'elsewhere'), 'folder').id;
    const made = await client.case.create({ name: 'Bare', into, vault: false });
    expect(made).toMatchObject({ sealing: 'none', directory: join(folder, 'elsewhere', 'Bare') });
    expect(await refused(client.case.create({ name: 'X', into: 'nothing' }))).toMatchObject({ code: 'usage' });
  });
});

test('a damaged list of recents is an empty one, and the next case is remembered for the owner alone', async () => {
  const { folder, client } = startEngine();
  const path = join(folder, 'settings', 'recents.json');
  mkdirSync(join(folder, 'settings'));
  writeFileSync(path, '[{"id": 3');
  expect(await client.case.recents()).toEqual([]);
  await client.case.create({ name: 'New' });
  expect((await client.case.recents()).map(({ name }) => name)).toEqual(['New']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a case that is gone stays on the list as gone, and says what to do', async () => {
  const { folder, client } = startEngine();
  const made = await client.case.create({ name: 'Gone' });
  await client.case.close();
  const { rmSync } = await import('node:fs');
  rmSync(join(folder, 'cases', 'Gone'), { recursive: true });
  expect((await client.case.recents())[0]).toMatchObject({ name: 'Gone', exists: false });
  const error = await refused(client.case.open({ recent: made.id }));
  expect(error).toBeInstanceOf(ORPCError);
  expect(error).toMatchObject({ code: 'input', defined: true });
  expect(await refused(client.case.open({ recent: 'unknown' }))).toMatchObject({ code: 'usage' });
});

test('the sample case is made once, by a job, and opened afterwards', async () => {
  const { folder } = startEngine();
  const told: (string | null)[] = [];
  const log = writeLog(folder);
  const { client } = startEngine({ sampleLog: log, onCase: (directory) => told.push(directory) });
  const first = await client.case.openSample();
  expect(first.case).toMatchObject({ isSample: true, events: 0 });
  const job = await jobEnded(client, first.job ?? '');
  expect(job).toMatchObject({ state: 'done', error: null });
  expect(await client.case.current()).toMatchObject({ events: 1300, actors: 41, isRanked: true });
  await client.case.close();
  const again = await client.case.openSample();
  expect(again).toMatchObject({ job: null, case: { id: first.case.id, events: 1300 } });
  expect(told).toEqual([first.case.directory, null, first.case.directory]);
  expect((await client.case.recents())[0]).toMatchObject({ isSample: true, events: 1300, actors: 41 });
});

test('what the command line ranked shows in the app, and the other way round', async () => {
  const { folder, engine, client } = startEngine();
  const directory = join(folder, 'cases', 'Shared');
  const options = { keyringPath: join(folder, 'keyring'), create: 'if-missing' as const };
  const made = await openCase(directory, options);
  const result = await detectFiles(made, { ...FAST, inputs: [writeLog(folder)], threads: 1 });
  await made.close();
  await engine.resume(directory);
  expect(await client.case.current()).toMatchObject({ name: 'Shared', events: 1300, isRanked: true });
  expect(await client.explore.run()).toMatchObject({ detectors: ['isolationForest'], ranked: 41, actors: 41 });
  const top = await client.explore.actor({ actor: result.actors[0]?.actor ?? '' });
  expect(top.rank).toBe(1);
  const { job } = await client.jobs.startDetect({ ...FAST, seed: 3 });
  await jobEnded(client, job);
  expect(await client.explore.run()).toMatchObject({ seed: 3 });
  await client.case.close();
  const after = await openCase(directory, options);
  const again = await detectFiles(after, { ...FAST, inputs: [], seed: 3, threads: 1 });
  expect(again.run.seed).toBe(3);
  await after.close();
});

test('a new engine resumes the case of one that was closed', async () => {
  const { folder, engine, client } = startEngine();
  const { directory } = await client.case.create({ name: 'Kept' });
  await engine.close();
  const next = engineIn(folder);
  await next.resume(directory);
  expect((await clientOf(next).case.current())?.name).toBe('Kept');
  await next.close();
});
