import { expect, test } from 'vitest';
import { jobEnded, refused, startEngine, type TestClient } from '../support.ts';

const COUNT = {
  count: 'events',
  by: [{ column: 'country', keys: ['DE', 'FR', 'IT'] }],
  bounds: { groupsPerActor: 1, rowsPerGroup: 1 },
};
const CLAIM = { query: COUNT, epsilon: '1', delta: '0' };

/** Waits until the job has a stage, and returns its name. */
const underWay = async (client: TestClient, id: string): Promise<string> => {
  for await (const { jobs } of await client.jobs.watch()) {
    const [stage] = jobs.find((each) => each.id === id)?.stages ?? [];
    if (stage !== undefined) return stage.stage;
  }
  throw new Error('The watch ended.');
};

test('an audit is a job with stages, and its report is kept when it has ended', async () => {
  const { client } = startEngine();
  expect(await client.privacy.lastAudit()).toBeNull();
  const { job } = await client.privacy.startAudit({ ...CLAIM, runs: 100 });
  const ended = await jobEnded(client, job);
  expect(ended).toMatchObject({ kind: 'audit', state: 'done', error: null });
  expect(ended.stages.map(({ stage }) => stage)).toContain('Releasing: at the bounds');
  const last = await client.privacy.lastAudit();
  expect(last).toMatchObject({ job, report: { audits: [{ of: 'epsilon', claimed: 1, runs: 100 }] } });
  expect(last?.report.audits[0]?.pairs.map(({ name }) => name)).toEqual([
    'at the bounds',
    'beyond the bounds',
    'nothing that counts',
  ]);
  expect(last?.report.audits[0]?.samplers.every(({ pValue }) => pValue >= 0 && pValue <= 1)).toBe(true);
  expect(ended.summary).toBe(
    last?.report.exceeds === true
      ? 'A claim is refuted: a release gives away more than it says.'
      : 'No claim is refuted, at 95 % confidence.',
  );
});

test('several queries have stages of their own', async () => {
  const { client } = startEngine();
  const { job } = await client.privacy.startAudit({ epsilon: '1', delta: '0', runs: 100 });
  expect(await underWay(client, job)).toBe('Query 1 of 2: Releasing: at the bounds');
  await client.jobs.cancel({ job });
  expect(await jobEnded(client, job)).toMatchObject({ state: 'cancelled' });
});

test('a cancelled audit ends soon, says that it proves nothing, and leaves no report', async () => {
  const { client } = startEngine();
  const { job } = await client.privacy.startAudit({ ...CLAIM, runs: 20_000 });
  await underWay(client, job);
  expect(await refused(client.privacy.startAudit({ ...CLAIM, runs: 100 }))).toMatchObject({
    message: 'A job is under way.',
  });
  await client.jobs.cancel({ job });
  const ended = await jobEnded(client, job);
  expect(ended).toMatchObject({ state: 'cancelled' });
  expect(ended.summary).toContain('proves nothing');
  expect(await client.privacy.lastAudit()).toBeNull();
});

test('a query that cannot be released fails the job with its reason', async () => {
  const { client } = startEngine();
  const { job } = await client.privacy.startAudit({ ...CLAIM, query: { count: 'events' }, runs: 100 });
  expect(await jobEnded(client, job)).toMatchObject({ state: 'failed', error: { code: 'usage' } });
});
