import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { EngineState, Job } from '../../core/api/contract.ts';
import { logRows, writeLog } from './logs.ts';
import { jobEnded, refused, startEngine, type TestClient } from './support.ts';

const FAST = { detectors: ['isolationForest'] };

/** Waits until a job is in a stage. */
const stageOf = async (client: TestClient, id: string, stage: string): Promise<Job> => {
  for await (const { jobs } of await client.jobs.watch()) {
    const job = jobs.find((each) => each.id === id);
    if (job?.stages.some((each) => each.stage === stage)) return job;
    if (job?.endedAt !== null) throw new Error(`The job ended before ${stage}: ${job?.state} ${job?.error?.message}`);
  }
  throw new Error('The watch ended.');
};

describe('an import', () => {
  test('stores, ranks and says what it did, stage by stage', async () => {
    const { folder, engine, client } = startEngine();
    await client.case.create({ name: 'Case' });
    const seen: EngineState[] = [];
    const grants = [engine.grant(writeLog(folder), 'file').id];
    const { job } = await client.jobs.startImport({ grants, detect: FAST });
    for await (const state of await client.jobs.watch()) {
      seen.push(state);
      if (state.jobs.every(({ endedAt }) => endedAt !== null)) break;
    }
    const ended = seen.at(-1)?.jobs.find(({ id }) => id === job);
    expect(ended).toMatchObject({ state: 'done', kind: 'import', error: null, secondsLeft: null });
    expect(ended?.summary).toBe('Imported 1,300 events of 1 file. Ranked 41 actors.');
    expect(ended?.stages.map(({ stage }) => stage)).toEqual(['import', 'features', 'isolationForest']);
    for (const { done, total } of ended?.stages ?? []) expect(done).toBe(total);
    expect(seen.at(-1)?.revisions.run).toBeGreaterThan(seen[0]?.revisions.run ?? 0);
    expect(seen.length).toBeLessThan(200);
    await client.jobs.dismiss({ job });
    const [after] = await first(client);
    expect(after?.jobs).toEqual([]);
  });

  test('without ranking leaves the queue as it was', async () => {
    const { folder, engine, client } = startEngine();
    await client.case.create({ name: 'Case' });
    const grants = [engine.grant(writeLog(folder), 'file').id];
    const { job } = await client.jobs.startImport({ grants, detect: null });
    expect(await jobEnded(client, job)).toMatchObject({ state: 'done', summary: 'Imported 1,300 events of 1 file.' });
    expect(await client.explore.run()).toBeNull();
    expect(await client.case.current()).toMatchObject({ events: 1300, isRanked: false });
  });

  test('of a file that is no log fails and leaves nothing', async () => {
    const { folder, engine, client } = startEngine();
    await client.case.create({ name: 'Case' });
    const path = join(folder, 'empty.csv');
    writeFileSync(path, 'user,action\n');
    const { job } = await client.jobs.startImport({ grants: [engine.grant(path, 'file').id] });
    const ended = await jobEnded(client, job);
    expect(ended).toMatchObject({ state: 'failed', error: { code: 'input', where: 'empty.csv' } });
    expect(await client.case.current()).toMatchObject({ events: 0, files: 0 });
    expect(engine.isBusy()).toBe(false);
  });
});

describe('a cancelled job', () => {
  test('that ranked keeps the events it imported, and says so', async () => {
    const { folder, engine, client } = startEngine();
    await client.case.create({ name: 'Case' });
    const log = writeLog(folder, 'log.csv', logRows(3000, 12));
    const { job } = await client.jobs.startImport({ grants: [engine.grant(log, 'file').id] });
    await stageOf(client, job, 'isolationForest');
    await client.jobs.cancel({ job });
    const [state] = await first(client);
    expect(state?.jobs[0]?.state).toBe('cancelling'); // told before the work has ended
    const ended = await jobEnded(client, job);
    expect(ended.state).toBe('cancelled');
    expect(ended.summary).toMatch(/^Cancelled\. Imported 36,300 events of 1 file\. .*The ranking did not end/u);
    expect(await client.case.current()).toMatchObject({ events: 36_300, isRanked: false });
    const again = await client.jobs.startDetect(FAST);
    expect((await jobEnded(client, again.job)).state).toBe('done');
  });

  test('that imported leaves the case as before', async () => {
    const { folder, engine, client } = startEngine();
    await client.case.create({ name: 'Case' });
    const log = writeLog(folder, 'log.csv', logRows(3000, 60));
    const { job } = await client.jobs.startImport({ grants: [engine.grant(log, 'file').id] });
    await client.jobs.cancel({ job });
    expect(await jobEnded(client, job)).toMatchObject({ state: 'cancelled', error: null });
    expect(await client.case.current()).toMatchObject({ events: 0, files: 0 });
  });

  test('that nobody knows is nobody’s error', async () => {
    const { client } = startEngine();
    await client.jobs.cancel({ job: 'nobody' });
    await client.jobs.dismiss({ job: 'nobody' });
    expect((await first(client))[0]?.jobs).toEqual([]);
  });
});

test('one job at a time, and the case stays open while it runs', async () => {
  const { folder, engine, client } = startEngine();
  expect(await refused(client.jobs.startDetect({}))).toMatchObject({ code: 'usage' });
  const { id } = await client.case.create({ name: 'Case' });
  const grants = [engine.grant(writeLog(folder), 'file').id];
  const { job } = await client.jobs.startImport({ grants });
  expect(engine.isBusy()).toBe(true);
  for (const call of [
    client.jobs.startDetect({}),
    client.jobs.startImport({ grants }),
    client.case.close(),
    client.case.create({ name: 'Other' }),
    client.case.openSample(),
  ]) {
    expect(await refused(call)).toMatchObject({ code: 'usage' });
  }
  await client.jobs.cancel({ job });
  await jobEnded(client, job);
  expect((await client.case.current())?.id).toBe(id);
});

test('a watch tells the present state at once, changes soon, and ends with its caller', async () => {
  const { client } = startEngine();
  const abort = new AbortController();
  const watch = await client.jobs.watch(undefined, { signal: abort.signal });
  const start = await watch.next();
  expect(start.value).toMatchObject({ jobs: [], isSaving: false });
  const later = watch.next();
  await client.case.create({ name: 'Case' });
  const changed = await later;
  if (start.done === true || changed.done === true) throw new Error('The watch ended.');
  expect(changed.value.revisions.case).toBe(start.value.revisions.case + 1);
  const ending = watch.next();
  abort.abort();
  expect((await ending).done).toBe(true);
  const left = await client.jobs.watch();
  await left.next();
  const waiting = left.next();
  await left.return?.();
  expect((await waiting).done).toBe(true);
});

const first = async (client: TestClient): Promise<EngineState[]> => {
  for await (const state of await client.jobs.watch()) return [state];
  return [];
};
